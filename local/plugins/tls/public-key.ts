import type { Invoked } from "../../grpc/provider.ts";
import { hasUnknowns, type PropertyMap, reveal, Secret } from "../../grpc/values.ts";
import { describePublicKey } from "./private-key.ts";
import { readPrivateKey } from "./signing-key.ts";

const algorithms: Record<string, string> = { rsa: "RSA", ec: "ECDSA", ed25519: "ED25519" };

/** The function `getPublicKey`. */
export function readPublicKey(args: PropertyMap): Invoked {
  if (hasUnknowns(args)) return { result: {} };
  const inputs = reveal(args);
  if (inputs["privateKeyPem"] === undefined) {
    const reason = "this stand-in reads privateKeyPem only; it can't read the OpenSSH format";
    return { result: {}, failures: [{ property: "privateKeyOpenssh", reason }] };
  }
  const key = readPrivateKey(inputs, "privateKeyPem");
  const { id, values } = describePublicKey(key);
  const algorithm = algorithms[key.asymmetricKeyType ?? ""] ?? "";
  return { result: { id, algorithm, ...values, privateKeyPem: new Secret(String(inputs["privateKeyPem"])) } };
}
