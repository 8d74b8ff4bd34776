import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { isWhole, record } from "../../../proof.ts";
import { kubectl } from "../../kubectl.ts";
import { describeOnNode } from "../../machine.ts";
import { OwnNode } from "../../ownNode.ts";

const day = 24 * 60 * 60 * 1000;
const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const issued = ["apiserver", "apiserver-kubelet-client", "kubelet", "metrics"];
const authorities = ["ca", "front-proxy-ca"];

interface Ended {
  names: string[];
  days: number;
  running: boolean;
}

const cases: Record<string, Ended> = {
  "of a stopped node, a day ago": { names: issued, days: -1, running: false },
  "of a stopped node, in three days": { names: issued, days: 3, running: false },
  "of a running node, a day ago": { names: issued, days: -1, running: true },
  "of a running node, in three days": { names: issued, days: 3, running: true },
  "of a stopped node's authorities, a day ago": { names: authorities, days: -1, running: false },
  "of a running node's authorities, in three days": { names: authorities, days: 3, running: true },
};

if (isWhole("node")) {
  describeOnNode("npm start, with certificates that end", function (machine) {
    this.timeout("5m");
    let node: OwnNode;
    const file = (name: string) => node.path("pki", name);
    const certificate = (name: string) => new X509Certificate(readFileSync(file(`${name}.crt`)));
    const daysLeft = (name: string) => Math.ceil((Date.parse(certificate(name).validTo) - Date.now()) / day);
    const keyOf = (name: string) => certificate(name).publicKey.export({ type: "spki", format: "pem" });

    before("with something to keep", async () => {
      node = await OwnNode.of(machine);
      await node.start();
      await kubectl(machine, "create", "configmap", "certificates-trial", "--from-literal=kept=yes");
    });
    beforeEach(() => node.start());
    after(() => kubectl(machine, "delete", "configmap", "certificates-trial"));

    /** Writes the certificate again, for the same key and signed by the same authority, with another end. */
    async function end(name: string, days: number): Promise<void> {
      const signer = authorities.includes(name) ? name : "ca";
      const old = new x509.X509Certificate(readFileSync(file(`${name}.crt`), "utf8"));
      const key = createPrivateKey(readFileSync(file(`${signer}.key`))).export({ type: "pkcs8", format: "der" });
      const notAfter = new Date(Date.now() + days * day);
      const changed = await x509.X509CertificateGenerator.create({
        serialNumber: old.serialNumber,
        subject: old.subjectName,
        issuer: old.issuerName,
        notBefore: new Date(notAfter.getTime() - 365 * day),
        notAfter,
        publicKey: old.publicKey,
        signingKey: await crypto.subtle.importKey("pkcs8", key, ecdsa, false, ["sign"]),
        signingAlgorithm: ecdsa,
        extensions: old.extensions,
      });
      writeFileSync(file(`${name}.crt`), changed.toString("pem"));
      assert.equal(daysLeft(name), days);
    }

    for (const [what, { names, days, running }] of Object.entries(cases)) {
      it(`renews those ${what}; the authority's key and the data stay`, async () => {
        const keys = authorities.map(keyOf);
        if (!running) await node.kill();
        for (const name of names) await end(name, days);
        const since = Date.now();
        const said = await node.start();
        const seconds = (Date.now() - since) / 1000;
        assert.equal(
          said.some((line) => line.startsWith("its certificates end")),
          running,
        );
        const [least, ofAuthorities] = [issued, authorities].map((all) => Math.min(...all.map(daysLeft)));
        assert.ok(least! > 700 && ofAuthorities! > 3600, `${least} and ${ofAuthorities} days left`);
        assert.deepEqual(authorities.map(keyOf), keys);
        const kept = await kubectl(machine, "get", "configmap", "certificates-trial", "-o", "jsonpath={.data.kept}");
        assert.equal(kept, "yes");
        record("Certificates that end", {
          "npm start, with those that end": what,
          "days left afterwards": least!,
          "days left of the authorities": ofAuthorities!,
          "keys of the authorities": "the same",
          "seconds to names answered": seconds.toFixed(1),
        });
      });
    }
  });
}
