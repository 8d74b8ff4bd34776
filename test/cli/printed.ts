/** What a command writes to standard output. */
export async function printed(command: () => Promise<number>): Promise<string> {
  const { write } = process.stdout;
  const parts: string[] = [];
  process.stdout.write = ((text: string) => parts.push(text) > 0) as typeof write;
  try {
    await command();
  } finally {
    process.stdout.write = write;
  }
  return parts.join("");
}
