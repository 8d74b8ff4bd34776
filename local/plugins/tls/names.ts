import type { Extension, JsonGeneralNames, JsonName } from "@peculiar/x509";
import type { Arguments } from "../../grpc/provider.ts";
import { isPropertyMap, type PropertyMap } from "../../grpc/values.ts";
import type { X509 } from "./x509.ts";

// In the order in which Go writes them.
const fields: [property: string, type: string][] = [
  ["country", "C"],
  ["organization", "O"],
  ["organizationalUnit", "OU"],
  ["locality", "L"],
  ["province", "ST"],
  ["streetAddresses", "2.5.4.9"],
  ["postalCode", "2.5.4.17"],
  ["commonName", "CN"],
  ["serialNumber", "2.5.4.5"],
  ["emailAddress", "E"],
];

export const nameArguments: Arguments = {
  dnsNames: true,
  ipAddresses: true,
  subject: { within: Object.fromEntries(fields.map(([property]) => [property, true])) },
  uris: true,
};

export function subjectName(inputs: PropertyMap): JsonName {
  const subject = inputs["subject"];
  if (!isPropertyMap(subject)) return [];
  return fields.flatMap(([property, type]) => {
    const given = subject[property] ?? [];
    const values = (Array.isArray(given) ? given : [given]).filter((value) => value !== "").map(String);
    return values.length > 0 ? [{ [type]: values }] : [];
  });
}

/** Critical where it is all that names the subject (RFC 5280, 4.2.1.6). */
export function alternativeNameExtension(x509: X509, inputs: PropertyMap, subject: JsonName): Extension[] {
  const list = (property: string) => (inputs[property] ?? []) as string[];
  const names: JsonGeneralNames = [
    ...list("dnsNames").map((value) => ({ type: "dns" as const, value })),
    ...list("ipAddresses").map((value) => ({ type: "ip" as const, value })),
    ...list("uris").map((value) => ({ type: "url" as const, value })),
  ];
  return names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names, subject.length === 0)] : [];
}
