import { createHash } from "node:crypto";
import { alternativeNames, keyArguments, oneKey } from "./checks.ts";
import type { Kind } from "./kind.ts";
import { alternativeNameExtension, nameArguments, subjectName } from "./names.ts";
import { readPrivateKey, signingKey } from "./signing-key.ts";
import { loadX509 } from "./x509.ts";

export const certRequest: Kind = {
  arguments: { ...nameArguments, ...keyArguments("privateKeyPem") },
  defaults: {},
  secrets: ["privateKeyPem", "privateKeyPemWo"],
  generated: ["certRequestPem", "keyAlgorithm"],
  inPlace: ["privateKeyPemWo"],
  problems: (inputs) => [...oneKey(inputs, "privateKeyPem"), ...alternativeNames(inputs)],
  generate: async (inputs) => {
    const x509 = await loadX509();
    const key = signingKey(readPrivateKey(inputs, "privateKeyPem"));
    const name = subjectName(inputs);
    const request = await x509.Pkcs10CertificateRequestGenerator.create({
      name,
      keys: key.pair,
      signingAlgorithm: key.signature,
      extensions: alternativeNameExtension(x509, inputs, name),
    });
    const id = createHash("sha1").update(Buffer.from(request.rawData)).digest("hex");
    return { id, values: { certRequestPem: `${request.toString("pem")}\n`, keyAlgorithm: key.algorithm } };
  },
};
