import { createPrivateKey, X509Certificate } from "node:crypto";

const day = 86_400_000;

/** A certificate as a Secret holds it, in PEM, the server's own first. */
export interface GivenCertificate {
  certificate: string;
  /** Undefined where it is not known. */
  key?: string;
}

/** Why no client takes the certificate for these hosts; undefined where all do. No part of the key is in the words. */
export function certificateProblem(
  { certificate, key }: GivenCertificate,
  hosts: readonly string[],
  now: Date,
): string | undefined {
  const read = readable(certificate);
  if (!read) return "holds no certificate in PEM";
  const [begins, ends] = [new Date(read.validFrom), new Date(read.validTo)];
  if (ends <= now) return `ended on ${dateOf(ends)}`;
  if (begins > now) return `is not valid before ${dateOf(begins)}`;
  const others = hosts.filter((host) => !isFor(read, host));
  if (others.length > 0) return `is for ${namesOf(read).join(", ") || "no host"} and not for ${others.join(", ")}`;
  if (key !== undefined && !belongs(read, key)) return "does not belong to the key beside it";
  return undefined;
}

/** Whole days until it ends; undefined where it can't be read. */
export function daysLeft(certificate: string, now: Date): number | undefined {
  const read = readable(certificate);
  return read && Math.floor((Date.parse(read.validTo) - now.getTime()) / day);
}

function readable(certificate: string): X509Certificate | undefined {
  try {
    return new X509Certificate(certificate);
  } catch {
    return undefined;
  }
}

/** By its alternative names alone, as browsers have it. */
function isFor(certificate: X509Certificate, host: string): boolean {
  if (host.startsWith("*.")) return namesOf(certificate).includes(host);
  return certificate.checkHost(host, { subject: "never" }) !== undefined;
}

function namesOf({ subjectAltName = "" }: X509Certificate): string[] {
  return subjectAltName.split(", ").flatMap((name) => (name.startsWith("DNS:") ? [name.slice("DNS:".length)] : []));
}

function belongs(certificate: X509Certificate, key: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

function dateOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
