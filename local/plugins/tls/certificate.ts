import { randomBytes } from "node:crypto";
import type { Extension, X509CertificateCreateWithKeyParams } from "@peculiar/x509";
import type { Arguments, CheckFailure } from "../../grpc/provider.ts";
import type { PropertyMap } from "../../grpc/values.ts";
import { strings, truthValues, wholeNumber } from "./checks.ts";
import type { Generated } from "./kind.ts";
import type { SigningKey } from "./signing-key.ts";
import { allowedUses, useExtensions } from "./uses.ts";
import type { X509 } from "./x509.ts";

export const certificateDefaults = {
  earlyRenewalHours: 0,
  isCaCertificate: false,
  maxPathLength: -1,
  setSubjectKeyId: false,
};

export const certificateArguments: Arguments = {
  allowedUses: true,
  earlyRenewalHours: true,
  isCaCertificate: true,
  maxPathLength: true,
  setSubjectKeyId: true,
  validityPeriodHours: true,
};

export const certificateOutputs = ["certPem", "readyForRenewal", "validityStartTime", "validityEndTime"];

export function certificateProblems(inputs: PropertyMap): CheckFailure[] {
  return [
    ...wholeNumber(inputs, "validityPeriodHours", 0),
    ...wholeNumber(inputs, "earlyRenewalHours", 0),
    ...wholeNumber(inputs, "maxPathLength", -1),
    ...truthValues(inputs, "isCaCertificate", "setAuthorityKeyId", "setSubjectKeyId"),
    ...strings(
      inputs,
      "allowedUses",
      (use) => allowedUses.includes(use),
      `allowed; allowed: ${allowedUses.join(", ")}`,
    ),
  ];
}

export interface Content {
  subject: NonNullable<X509CertificateCreateWithKeyParams["subject"]>;
  issuer: NonNullable<X509CertificateCreateWithKeyParams["issuer"]>;
  publicKey: X509CertificateCreateWithKeyParams["publicKey"];
  alternativeNames: Extension[];
  authorityKeyId: Extension[];
}

export async function createCertificate(
  x509: X509,
  inputs: PropertyMap,
  content: Content,
  signer: SigningKey,
): Promise<Generated> {
  const serial = randomBytes(16);
  // A whole second is all that a certificate can say.
  const start = new Date(Math.floor(Date.now() / 1000) * 1000);
  const end = new Date(start.getTime() + (inputs["validityPeriodHours"] as number) * 3_600_000);
  const isCa = inputs["isCaCertificate"] === true;
  const pathLength = inputs["maxPathLength"] as number;
  const keyId = isCa || inputs["setSubjectKeyId"] === true;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial.toString("hex"),
    subject: content.subject,
    issuer: content.issuer,
    notBefore: start,
    notAfter: end,
    publicKey: content.publicKey,
    signingKey: signer.pair.privateKey,
    signingAlgorithm: signer.signature,
    extensions: [
      ...useExtensions(x509, inputs["allowedUses"] as string[]),
      new x509.BasicConstraintsExtension(isCa, isCa && pathLength >= 0 ? pathLength : undefined, true),
      ...(keyId ? [await x509.SubjectKeyIdentifierExtension.create(content.publicKey)] : []),
      ...content.authorityKeyId,
      ...content.alternativeNames,
    ],
  });
  return {
    id: BigInt(`0x${serial.toString("hex")}`).toString(),
    values: {
      certPem: `${certificate.toString("pem")}\n`,
      readyForRenewal: false,
      validityStartTime: rfc3339(start),
      validityEndTime: rfc3339(end),
    },
  };
}

function rfc3339(time: Date): string {
  return time.toISOString().replace(".000Z", "Z");
}

/** Whether the early renewal has begun, by the outputs of a certificate. */
export function readyForRenewal(state: PropertyMap, now: number = Date.now()): boolean {
  const end = Date.parse(String(state["validityEndTime"]));
  return end - Number(state["earlyRenewalHours"] ?? 0) * 3_600_000 <= now;
}
