import {
  certificateArguments,
  certificateDefaults,
  certificateOutputs,
  certificateProblems,
  createCertificate,
} from "./certificate.ts";
import { alternativeNames, keyArguments, oneKey } from "./checks.ts";
import type { Kind } from "./kind.ts";
import { alternativeNameExtension, nameArguments, subjectName } from "./names.ts";
import { readPrivateKey, signingKey } from "./signing-key.ts";
import { loadX509 } from "./x509.ts";

export const selfSignedCert: Kind = {
  arguments: { ...certificateArguments, ...nameArguments, ...keyArguments("privateKeyPem"), setAuthorityKeyId: true },
  defaults: { ...certificateDefaults, setAuthorityKeyId: false },
  secrets: ["privateKeyPem", "privateKeyPemWo"],
  generated: [...certificateOutputs, "keyAlgorithm"],
  inPlace: ["earlyRenewalHours", "privateKeyPemWo"],
  expires: true,
  problems: (inputs) => {
    const found = [...oneKey(inputs, "privateKeyPem"), ...certificateProblems(inputs), ...alternativeNames(inputs)];
    if (inputs["isCaCertificate"] === true && subjectName(inputs).length === 0) {
      found.push({ property: "subject", reason: "a certificate authority needs a subject with at least one name" });
    }
    return found;
  },
  generate: async (inputs) => {
    const x509 = await loadX509();
    const key = signingKey(readPrivateKey(inputs, "privateKeyPem"));
    const subject = subjectName(inputs);
    const { publicKey } = key.pair;
    const authorityKeyId = inputs["setAuthorityKeyId"]
      ? [await x509.AuthorityKeyIdentifierExtension.create(publicKey)]
      : [];
    const names = alternativeNameExtension(x509, inputs, subject);
    const content = { subject, issuer: subject, publicKey, alternativeNames: names, authorityKeyId };
    const { id, values } = await createCertificate(x509, inputs, content, key);
    return { id, values: { ...values, keyAlgorithm: key.algorithm } };
  },
};
