import type { Extension, Pkcs10CertificateRequest, X509Certificate } from "@peculiar/x509";
import type { PropertyMap } from "../../grpc/values.ts";
import {
  certificateArguments,
  certificateDefaults,
  certificateOutputs,
  certificateProblems,
  createCertificate,
} from "./certificate.ts";
import { keyArguments, oneKey } from "./checks.ts";
import type { Kind } from "./kind.ts";
import { readPrivateKey, signingKey } from "./signing-key.ts";
import { loadX509, type X509 } from "./x509.ts";

const subjectAlternativeName = "2.5.29.17";
const subjectKeyIdentifier = "2.5.29.14";

export const locallySignedCert: Kind = {
  arguments: { ...certificateArguments, ...keyArguments("caPrivateKeyPem"), caCertPem: true, certRequestPem: true },
  defaults: certificateDefaults,
  secrets: ["caPrivateKeyPem", "caPrivateKeyPemWo"],
  generated: [...certificateOutputs, "caKeyAlgorithm"],
  inPlace: ["earlyRenewalHours", "caPrivateKeyPemWo"],
  expires: true,
  problems: (inputs) => [...oneKey(inputs, "caPrivateKeyPem"), ...certificateProblems(inputs)],
  generate: async (inputs) => {
    const x509 = await loadX509();
    const signer = signingKey(readPrivateKey(inputs, "caPrivateKeyPem"));
    const request = read(inputs, "certRequestPem", (pem) => new x509.Pkcs10CertificateRequest(pem));
    const authority = read(inputs, "caCertPem", (pem) => new x509.X509Certificate(pem));
    const names = request.extensions.filter((one) => one.type === subjectAlternativeName);
    const content = {
      subject: request.subjectName,
      issuer: authority.subjectName,
      publicKey: request.publicKey,
      alternativeNames: names,
      authorityKeyId: authorityKeyId(x509, authority, request),
    };
    const { id, values } = await createCertificate(x509, inputs, content, signer);
    return { id, values: { ...values, caKeyAlgorithm: signer.algorithm } };
  },
};

function read<T>(inputs: PropertyMap, property: string, parse: (pem: string) => T): T {
  try {
    return parse(String(inputs[property]));
  } catch {
    throw new Error(`${property} can't be read as PEM`);
  }
}

/** As Go does it: the authority's own key id, where it has one and isn't the subject itself. */
function authorityKeyId(x509: X509, authority: X509Certificate, request: Pkcs10CertificateRequest): Extension[] {
  const own = authority.getExtension(subjectKeyIdentifier) as { keyId?: string } | null;
  if (!own?.keyId || authority.subject === request.subject) return [];
  return [new x509.AuthorityKeyIdentifierExtension(own.keyId)];
}
