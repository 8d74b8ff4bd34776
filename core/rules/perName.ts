/** Enough for a large stack; what is kept stays small. */
const most = 10_000;

/** The same reading of a name or another text, made once: one stands in many objects, and many rules ask. */
export function perName<Reading>(read: (name: string) => Reading): (name: string) => Reading {
  const made = new Map<string, { reading: Reading }>();
  return (name) => {
    const known = made.get(name);
    if (known) return known.reading;
    const reading = read(name);
    if (made.size >= most) made.clear();
    made.set(name, { reading });
    return reading;
  };
}
