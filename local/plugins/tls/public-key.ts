import type { Arguments, Invoked } from "../../grpc/provider.ts";
import { hasUnknowns, type PropertyMap, reveal, Secret } from "../../grpc/values.ts";
import { describePublicKey } from "./private-key.ts";
import { readPrivateKey } from "./signing-key.ts";

const algorithms: Record<string, string> = { rsa: "RSA", ec: "ECDSA", ed25519: "ED25519" };

export const publicKeyArguments: Arguments = { privateKeyOpenssh: "reading OpenSSH's format", privateKeyPem: true };

/** The function `getPublicKey`. */
export function readPublicKey(args: PropertyMap): Invoked {
  if (hasUnknowns(args)) return { result: {} };
  const inputs = reveal(args);
  if (inputs["privateKeyPem"] === undefined) {
    return { result: {}, failures: [{ property: "privateKeyPem", reason: "privateKeyPem is missing" }] };
  }
  const key = readPrivateKey(inputs, "privateKeyPem");
  const { id, values } = describePublicKey(key);
  const algorithm = algorithms[key.asymmetricKeyType ?? ""] ?? "";
  return { result: { id, algorithm, ...values, privateKeyPem: new Secret(String(inputs["privateKeyPem"])) } };
}
