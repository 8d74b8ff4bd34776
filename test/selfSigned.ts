import "reflect-metadata";
import * as x509 from "@peculiar/x509";

const day = 24 * 60 * 60 * 1000;

/** A certificate for these hosts that ends in so many days, which are past where they are less than none. */
export async function selfSigned(hosts: string[], days: number): Promise<{ certificate: string; key: string }> {
  const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${hosts[0]}`,
    notBefore: new Date(Date.now() - 60 * day),
    notAfter: new Date(Date.now() + days * day),
    keys,
    signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
    extensions: [new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: "dns", value })))],
  });
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
  return { certificate: certificate.toString("pem"), key };
}
