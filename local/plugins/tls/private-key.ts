import { createHash, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { PropertyMap } from "../../grpc/values.ts";
import { oneOf, wholeNumber } from "./checks.ts";
import type { Kind } from "./kind.ts";
import { authorizedKey, openSshPrivateKey, publicBlob } from "./openssh.ts";

const curves: Record<string, string> = { P224: "secp224r1", P256: "prime256v1", P384: "secp384r1", P521: "secp521r1" };
const algorithms = ["RSA", "ECDSA", "ED25519"];

export const privateKey: Kind = {
  arguments: { algorithm: true, ecdsaCurve: true, rsaBits: true },
  defaults: { rsaBits: 2048, ecdsaCurve: "P224" },
  secrets: ["privateKeyPem", "privateKeyOpenssh", "privateKeyPemPkcs8"],
  generated: [
    "privateKeyPem",
    "privateKeyOpenssh",
    "privateKeyPemPkcs8",
    "publicKeyPem",
    "publicKeyOpenssh",
    "publicKeyFingerprintMd5",
    "publicKeyFingerprintSha256",
  ],
  problems: (inputs) => [
    ...oneOf(inputs, "algorithm", algorithms),
    ...oneOf(inputs, "ecdsaCurve", Object.keys(curves)),
    // Below 1024 bits Go, and so the official plugin, refuses too.
    ...wholeNumber(inputs, "rsaBits", 1024),
  ],
  generate: async (inputs) => {
    const key = await generateKey(inputs);
    const type = { RSA: "pkcs1", ECDSA: "sec1", ED25519: "pkcs8" } as const;
    const values = {
      privateKeyPem: key.export({ format: "pem", type: type[inputs["algorithm"] as keyof typeof type] }) as string,
      privateKeyPemPkcs8: key.export({ format: "pem", type: "pkcs8" }) as string,
      privateKeyOpenssh: openSshPrivateKey(key),
    };
    const { id, values: shown } = describePublicKey(key);
    return { id, values: { ...values, ...shown } };
  },
};

async function generateKey(inputs: PropertyMap): Promise<KeyObject> {
  const generate = promisify(generateKeyPair) as (type: string, options: object) => Promise<{ privateKey: KeyObject }>;
  const options = { modulusLength: inputs["rsaBits"], namedCurve: curves[inputs["ecdsaCurve"] as string] };
  const type = { RSA: "rsa", ECDSA: "ec", ED25519: "ed25519" }[inputs["algorithm"] as string]!;
  return (await generate(type, options)).privateKey;
}

/** The public half in the spellings of the official plugin; those of OpenSSH are empty for P-224, which it doesn't know. */
export function describePublicKey(key: KeyObject): { id: string; values: PropertyMap } {
  const publicKey = createPublicKey(key);
  const der = publicKey.export({ format: "der", type: "spki" });
  const blob = publicBlob(key);
  const digest = (name: string) => createHash(name).update(blob ?? "");
  return {
    id: createHash("sha1").update(der).digest("hex"),
    values: {
      publicKeyPem: publicKey.export({ format: "pem", type: "spki" }) as string,
      publicKeyOpenssh: blob ? authorizedKey(blob) : "",
      publicKeyFingerprintMd5: blob
        ? digest("md5")
            .digest("hex")
            .replace(/..(?=.)/g, "$&:")
        : "",
      publicKeyFingerprintSha256: blob ? `SHA256:${digest("sha256").digest("base64").replace(/=+$/, "")}` : "",
    },
  };
}
