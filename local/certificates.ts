import { X509Certificate } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const day = 24 * 60 * 60 * 1000;
const renewBefore = 30 * day;

/** Whether one of a node's certificates ends within a month, or has ended: it gets all of them anew when it starts. */
export async function endSoon(folder: string, now = Date.now()): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  const certificates = names.filter((name) => name.endsWith(".crt")).map((name) => join(folder, name));
  const ends = await Promise.all(certificates.map(async (file) => new X509Certificate(await readFile(file)).validTo));
  return ends.some((end) => Date.parse(end) - now < renewBefore);
}
