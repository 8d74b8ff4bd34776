import { createPrivateKey, createPublicKey, type KeyObject, type webcrypto } from "node:crypto";
import type { PropertyMap } from "../../grpc/values.ts";

export interface SigningKey {
  /** As the official plugin names it in `keyAlgorithm`. */
  algorithm: "RSA" | "ECDSA" | "ED25519";
  pair: { privateKey: webcrypto.CryptoKey; publicKey: webcrypto.CryptoKey };
  signature: { name: string; hash?: string };
}

/** The private key of a property or of its write-only twin. No message shows any of it. */
export function readPrivateKey(inputs: PropertyMap, property: string): KeyObject {
  const given = inputs[property] === undefined ? `${property}Wo` : property;
  try {
    return createPrivateKey(String(inputs[given]));
  } catch {
    throw new Error(`${given} is not a private key in PEM format (RSA, ECDSA or ED25519, without a passphrase)`);
  }
}

// The digests that Go's x509 chooses.
const hashes: Record<string, [name: string, hash: string]> = {
  prime256v1: ["P-256", "SHA-256"],
  secp384r1: ["P-384", "SHA-384"],
  secp521r1: ["P-521", "SHA-512"],
};

export function signingKey(key: KeyObject): SigningKey {
  if (key.asymmetricKeyType === "rsa") {
    const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    return { algorithm: "RSA", pair: pair(key, rsa), signature: rsa };
  }
  if (key.asymmetricKeyType === "ed25519") {
    return { algorithm: "ED25519", pair: pair(key, { name: "Ed25519" }), signature: { name: "Ed25519" } };
  }
  const curve = key.asymmetricKeyDetails?.namedCurve ?? String(key.asymmetricKeyType);
  const known = hashes[curve];
  if (known === undefined) {
    const hint = curve === "secp224r1" ? " P224 is the default of PrivateKey's ecdsaCurve: set it." : "";
    throw new Error(
      `this stand-in can't sign with a key on ${curve}; allowed: RSA, ED25519, ECDSA on P256, P384, P521.${hint}`,
    );
  }
  const [namedCurve, hash] = known;
  return { algorithm: "ECDSA", pair: pair(key, { name: "ECDSA", namedCurve }), signature: { name: "ECDSA", hash } };
}

function pair(key: KeyObject, algorithm: { name: string; hash?: string; namedCurve?: string }): SigningKey["pair"] {
  return {
    privateKey: key.toCryptoKey(algorithm, true, ["sign"]),
    publicKey: createPublicKey(key).toCryptoKey(algorithm, true, ["verify"]),
  };
}
