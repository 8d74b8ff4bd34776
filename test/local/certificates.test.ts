import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { endSoon } from "../../local/certificates.ts";
import { temporaryFolder } from "../temporary.ts";

const day = 24 * 60 * 60 * 1000;

describe("a node that runs is started anew", () => {
  const folder = temporaryFolder("certificates");
  const now = Date.now();
  const write = async (name: string, days: number) => {
    const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
    const notAfter = new Date(now + days * day);
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({ name: `CN=${name}`, notAfter, keys });
    writeFileSync(join(folder, `${name}.crt`), certificate.toString("pem"));
  };
  before(async () => {
    await write("ca", 3650);
    writeFileSync(join(folder, "ca.key"), "no certificate");
  });

  for (const [days, soon] of [
    [-1, true],
    [3, true],
    [29, true],
    [31, false],
    [730, false],
  ] as const) {
    it(`${soon ? "when" : "not when"} one of its certificates has ${days} days left`, async () => {
      await write("kubelet", days);
      assert.equal(await endSoon(folder, now), soon);
    });
  }

  it("not where it has none", async () => {
    assert.equal(await endSoon(join(folder, "none"), now), false);
  });
});
