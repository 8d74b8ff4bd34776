import type * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

const key = { algorithm: "ECDSA", ecdsaCurve: "P256" };
const tenYears = 10 * 365 * 24;
const twoYears = 2 * 365 * 24;

/** A server's certificate and key, with the certificate of the authority by which clients verify it, all in PEM. */
export interface ServerCertificate {
  certificate: pulumi.Output<string>;
  privateKey: pulumi.Output<string>;
  authority: pulumi.Output<string>;
}

/**
 * A certificate for an in-cluster server from an authority of its own. The server's lasts two years and is renewed by any
 * `up` in its second; the authority lasts ten years, so that clients need not change with it.
 */
export function serverCertificate(
  name: string,
  dnsNames: pulumi.Input<string>[],
  opts: pulumi.CustomResourceOptions,
): ServerCertificate {
  const authorityKey = new tls.PrivateKey(`${name}-authority-key`, key, opts);
  const authority = new tls.SelfSignedCert(
    `${name}-authority`,
    {
      privateKeyPem: authorityKey.privateKeyPem,
      subject: { commonName: `${name} authority` },
      isCaCertificate: true,
      allowedUses: ["cert_signing", "crl_signing"],
      validityPeriodHours: tenYears,
    },
    opts,
  );
  const serverKey = new tls.PrivateKey(`${name}-server-key`, key, opts);
  const request = new tls.CertRequest(
    `${name}-server-request`,
    { privateKeyPem: serverKey.privateKeyPem, subject: { commonName: name }, dnsNames },
    opts,
  );
  const server = new tls.LocallySignedCert(
    `${name}-server`,
    {
      certRequestPem: request.certRequestPem,
      caPrivateKeyPem: authorityKey.privateKeyPem,
      caCertPem: authority.certPem,
      allowedUses: ["digital_signature", "key_encipherment", "server_auth"],
      validityPeriodHours: twoYears,
      earlyRenewalHours: twoYears / 2,
    },
    opts,
  );
  return { certificate: server.certPem, privateKey: serverKey.privateKeyPem, authority: authority.certPem };
}
