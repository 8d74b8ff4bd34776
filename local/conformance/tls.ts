import type { Entry } from "./entry.ts";

const docs = (resource: string) => `https://www.pulumi.com/registry/packages/tls/api-docs/${resource}/`;
const notHere = "is not in Palier's stand-in for the tls plugin";

export const tls: readonly Entry[] = [
  {
    behaviour:
      "PrivateKey: RSA, ECDSA, ED25519, as PEM, PKCS 8 and OpenSSH, with both fingerprints; private ones secret",
    source: docs("privatekey"),
    test: "local/tls: makes keys of each algorithm in every spelling, the private ones secret",
  },
  {
    behaviour: "PrivateKey: 2,048 bits and P224 by default; nothing of OpenSSH's for P224",
    source: docs("privatekey"),
    test: "local/tls: takes P224 by default, which OpenSSH doesn't know",
  },
  {
    behaviour: "CertRequest, SelfSignedCert and LocallySignedCert: subject, alternative names, uses, validity",
    source: docs("locallysignedcert"),
    test: "local/tls: signs a chain that verifies: authority, request, certificate",
  },
  {
    behaviour: "Certificates by every kind of key; `setAuthorityKeyId`",
    source: docs("selfsignedcert"),
    test: "local/tls: signs with each key that it takes",
  },
  {
    behaviour: "`setSubjectKeyId`, `isCaCertificate`, `maxPathLength`",
    source: docs("selfsignedcert"),
    test: "local/tls: writes the key id and the length of the path where they are asked for",
  },
  {
    behaviour: "`earlyRenewalHours` and `readyForRenewal`: a due certificate is replaced",
    source: docs("selfsignedcert"),
    test: "local/tls: renews when the early renewal begins, by a replacement",
  },
  {
    behaviour: "Write-only keys (`privateKeyPemWo`) stay out of the state and are compared by their version",
    source: docs("certrequest"),
    test: "local/tls: never lets a write-only key into the outputs, and compares it by its version",
  },
  {
    behaviour: "Wrong inputs are refused: algorithm, curve, uses, addresses, an authority without a subject",
    source: docs("selfsignedcert"),
    test: "local/tls: names a wrong input with what is allowed, and never shows a key",
  },
  {
    behaviour: "getPublicKey of a PEM key",
    source: docs("getpublickey"),
    test: "local/tls: shows the public half of a key",
  },
  {
    behaviour: "getPublicKey of a key in OpenSSH's format",
    source: docs("getpublickey"),
    refused: `privateKeyOpenssh (reading OpenSSH's format) ${notHere}`,
  },
  {
    behaviour: "getCertificate",
    source: docs("getcertificate"),
    refused: `the function tls:index/getCertificate:getCertificate ${notHere}`,
    names: ["tls:index/getCertificate:getCertificate"],
  },
  {
    behaviour: "Certificates signed with a P224 key",
    source: docs("selfsignedcert"),
    refused: "this stand-in can't sign with a key on secp224r1",
  },
  {
    behaviour: "The provider's `proxy`",
    source: docs("provider"),
    refused: `proxy (servers reached over a proxy) ${notHere}`,
  },
  {
    behaviour: "A name in `subject` that a later version may bring",
    source: docs("certrequest"),
    refused: `subject.laterOption ${notHere}`,
  },
  {
    behaviour: "An argument that a later version may bring",
    source: docs("privatekey"),
    refused: `laterOption ${notHere}`,
  },
  {
    behaviour: "The provider's `terraformConfig`",
    source: docs("provider"),
    refused: `the method pulumi:providers:tls/terraformConfig ${notHere}`,
    names: ["pulumi:providers:tls/terraformConfig"],
  },
];
