/**
 * How long MongoDB's tools are waited for: a minute less than they have, in which the script says why it ends.
 *
 * @param seconds What one try has.
 */
export function patience(seconds: number): { name: string; value: string } {
  return { name: "PATIENCE", value: String(Math.max(15, Math.floor(seconds) - 60)) };
}
