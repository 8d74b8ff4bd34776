/** Enough for the names of a large stack; what is kept stays small. */
const most = 10_000;

/** The same reading of a name, made once: one name stands in many objects, and many rules ask. */
export function perName<Reading>(read: (name: string) => Reading): (name: string) => Reading {
  const made = new Map<string, Reading>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const reading = read(name);
    if (made.size >= most) made.clear();
    made.set(name, reading);
    return reading;
  };
}
