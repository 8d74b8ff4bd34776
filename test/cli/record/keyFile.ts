import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../temporary.ts";

/** A private key of its own, in a file, and the public half of it in PEM. */
export function keyFile(): { file: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const pem = (key: KeyObject, type: "pkcs8" | "spki") => key.export({ type, format: "pem" }) as string;
  const file = join(temporaryFolder("key"), "key.pem");
  writeFileSync(file, pem(privateKey, "pkcs8"));
  return { file, publicKey: pem(publicKey, "spki") };
}
