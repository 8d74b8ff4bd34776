import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import type { X509Certificate as X509 } from "@peculiar/x509";
import { type PropertyMap, reveal, Secret, unknown } from "../../local/grpc/values.ts";
import { tls } from "../../local/plugins/tls/provider.ts";
import { loadX509 } from "../../local/plugins/tls/x509.ts";

const subject = (kind: string) => ({
  urn: "urn:pulumi:s::p::t::n",
  type: `tls:index/${kind[0]!.toLowerCase()}${kind.slice(1)}:${kind}`,
  name: "n",
});
const create = async (kind: string, inputs: PropertyMap, preview = false) =>
  (await tls.create({ ...subject(kind), inputs, preview, timeoutSeconds: 0 })).outputs;
const check = async (kind: string, news: PropertyMap) =>
  (await tls.check({ ...subject(kind), news, randomSeed: new Uint8Array() })).failures ?? [];
const open = (map: PropertyMap, name: string) => reveal(map[name]) as string;

const curve = { algorithm: "ECDSA", ecdsaCurve: "P256" };
const ca = { isCaCertificate: true, allowedUses: ["cert_signing", "digital_signature"], validityPeriodHours: 24 };

describe("tls stand-in", () => {
  it("makes keys of each algorithm in every spelling, the private ones secret", async () => {
    const kinds = [
      [{ algorithm: "RSA" }, "RSA PRIVATE KEY", "ssh-rsa"],
      [curve, "EC PRIVATE KEY", "ecdsa-sha2-nistp256"],
      [{ algorithm: "ED25519" }, "PRIVATE KEY", "ssh-ed25519"],
    ] as const;
    for (const [inputs, label, type] of kinds) {
      const key = await create("PrivateKey", inputs);
      for (const name of ["privateKeyPem", "privateKeyPemPkcs8", "privateKeyOpenssh"])
        assert.ok(key[name] instanceof Secret);
      assert.ok(open(key, "privateKeyPem").startsWith(`-----BEGIN ${label}-----\n`));
      const shown = createPublicKey(createPrivateKey(open(key, "privateKeyPem"))).export({
        format: "pem",
        type: "spki",
      });
      assert.equal(key["publicKeyPem"], shown);
      assert.ok(open(key, "publicKeyOpenssh").startsWith(`${type} AAAA`));
      const blob = open(key, "publicKeyOpenssh").split(" ")[1]!.trim();
      assert.ok(
        Buffer.from(open(key, "privateKeyOpenssh").replace(/-.*-|\n/g, ""), "base64").includes(
          Buffer.from(blob, "base64"),
        ),
      );
      assert.match(open(key, "publicKeyFingerprintSha256"), /^SHA256:[\w+/]{43}$/);
      assert.match(open(key, "publicKeyFingerprintMd5"), /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
    }
  }).timeout(60_000);

  it("takes P224 by default, which OpenSSH doesn't know", async () => {
    const key = await create("PrivateKey", { algorithm: "ECDSA" });
    assert.deepEqual([key["ecdsaCurve"], key["rsaBits"]], ["P224", 2048]);
    assert.deepEqual([open(key, "publicKeyOpenssh"), open(key, "privateKeyOpenssh")], ["", ""]);
    const refused = create("SelfSignedCert", {
      ...ca,
      privateKeyPem: open(key, "privateKeyPem"),
      subject: { commonName: "x" },
    });
    await assert.rejects(refused, /can't sign with a key on secp224r1.*P224 is the default/);
  });

  it("signs a chain that verifies: authority, request, certificate", async () => {
    const caKey = open(await create("PrivateKey", { algorithm: "RSA" }), "privateKeyPem");
    const authority = await create("SelfSignedCert", {
      ...ca,
      privateKeyPem: caKey,
      subject: { commonName: "CA", organization: "P" },
    });
    const request = await create("CertRequest", {
      privateKeyPem: new Secret(open(await create("PrivateKey", curve), "privateKeyPem")),
      subject: { commonName: "db", country: "FR", streetAddresses: ["1, rue"] },
      dnsNames: ["db", "db.svc"],
      ipAddresses: ["127.0.0.1"],
      uris: ["spiffe://palier/db"],
    });
    const made = await create("LocallySignedCert", {
      certRequestPem: open(request, "certRequestPem"),
      caCertPem: open(authority, "certPem"),
      caPrivateKeyPem: new Secret(caKey),
      allowedUses: ["server_auth", "digital_signature"],
      validityPeriodHours: 48,
    });
    const [root, leaf] = [new X509Certificate(open(authority, "certPem")), new X509Certificate(open(made, "certPem"))];
    assert.ok(root.ca && !leaf.ca && root.checkIssued(root) && root.verify(root.publicKey));
    assert.ok(leaf.checkIssued(root) && leaf.verify(root.publicKey));
    assert.ok(leaf.checkHost("db.svc") && leaf.checkIP("127.0.0.1") && !leaf.checkHost("other"));
    assert.match(leaf.subjectAltName!, /URI:spiffe:\/\/palier\/db/);
    assert.equal(leaf.subject, "C=FR\nstreet=1\\, rue\nCN=db");
    assert.deepEqual(leaf.keyUsage, ["1.3.6.1.5.5.7.3.1"]);
    assert.equal(
      Date.parse(open(made, "validityEndTime")) - Date.parse(open(made, "validityStartTime")),
      48 * 3_600_000,
    );
    assert.equal(Date.parse(leaf.validTo), Date.parse(open(made, "validityEndTime")));
    assert.deepEqual([made["caKeyAlgorithm"], request["keyAlgorithm"]], ["RSA", "ECDSA"]);
    assert.ok(made["caPrivateKeyPem"] instanceof Secret);
  }).timeout(60_000);

  it("signs with each key that it takes", async () => {
    for (const key of [{ algorithm: "ED25519" }, { ...curve, ecdsaCurve: "P384" }, { ...curve, ecdsaCurve: "P521" }]) {
      const privateKeyPem = open(await create("PrivateKey", key), "privateKeyPem");
      const inputs = { ...ca, privateKeyPem, subject: { commonName: "x" }, setAuthorityKeyId: true };
      const made = new X509Certificate(open(await create("SelfSignedCert", inputs), "certPem"));
      assert.ok(made.verify(made.publicKey));
    }
  });

  it("writes the key id and the length of the path where they are asked for", async () => {
    const x509 = await loadX509();
    const key = open(await create("PrivateKey", curve), "privateKeyPem");
    const made = async (more: PropertyMap) => {
      const inputs = { ...ca, isCaCertificate: false, privateKeyPem: key, subject: { commonName: "x" }, ...more };
      return new x509.X509Certificate(open(await create("SelfSignedCert", inputs), "certPem"));
    };
    const constraints = (certificate: X509) => {
      const { ca, pathLength } = certificate.getExtension(x509.BasicConstraintsExtension)!;
      return { ca, pathLength, keyId: certificate.getExtension(x509.SubjectKeyIdentifierExtension) !== null };
    };
    assert.deepEqual(constraints(await made({})), { ca: false, pathLength: undefined, keyId: false });
    assert.equal(constraints(await made({ setSubjectKeyId: true })).keyId, true);
    const authority = await made({ isCaCertificate: true, maxPathLength: 1 });
    assert.deepEqual(constraints(authority), { ca: true, pathLength: 1, keyId: true });
    const unlimited = await made({ isCaCertificate: true });
    assert.equal(constraints(unlimited).pathLength, undefined);
  });

  it("renews when the early renewal begins, by a replacement", async () => {
    const inputs = { privateKeyPem: "k", allowedUses: [], validityPeriodHours: 10 };
    const state = {
      ...inputs,
      validityEndTime: new Date(Date.now() + 5 * 3_600_000).toISOString(),
      earlyRenewalHours: 0,
    };
    const diff = async (news: PropertyMap) =>
      (await tls.diff({ ...subject("SelfSignedCert"), id: "", state, olds: inputs, news, ignoreChanges: [] })).detailed;
    assert.deepEqual(await diff(inputs), {});
    assert.deepEqual(await diff({ ...inputs, earlyRenewalHours: 4 }), { earlyRenewalHours: "update" });
    assert.deepEqual(await diff({ ...inputs, earlyRenewalHours: 6 }), {
      earlyRenewalHours: "update",
      readyForRenewal: "updateReplace",
    });
    assert.deepEqual(await diff({ ...inputs, dnsNames: ["a"] }), { dnsNames: "addReplace" });
    const read = await tls.read({
      ...subject("SelfSignedCert"),
      id: "1",
      inputs,
      state: { ...state, earlyRenewalHours: 6 },
      timeoutSeconds: 0,
    });
    assert.equal(read?.outputs["readyForRenewal"], true);
  });

  it("never lets a write-only key into the outputs, and compares it by its version", async () => {
    const key = open(await create("PrivateKey", curve), "privateKeyPem");
    const inputs = { ...ca, privateKeyPemWo: new Secret(key), privateKeyPemWoVersion: 1, subject: { commonName: "x" } };
    assert.ok(!JSON.stringify(await create("SelfSignedCert", inputs)).includes("PRIVATE KEY"));
    const diff = (news: PropertyMap) =>
      tls.diff({
        ...subject("SelfSignedCert"),
        id: "",
        state: { validityEndTime: "9999-01-01" },
        olds: inputs,
        news,
        ignoreChanges: [],
      });
    assert.equal((await diff({ ...inputs, privateKeyPemWo: "other" })).changes, false);
    assert.deepEqual((await diff({ ...inputs, privateKeyPemWoVersion: 2 })).detailed, {
      privateKeyPemWoVersion: "updateReplace",
    });
  });

  it("names a wrong input with what is allowed, and never shows a key", async () => {
    const properties = async (kind: string, news: PropertyMap) =>
      (await check(kind, news)).map(({ property }) => property);
    assert.deepEqual(await properties("PrivateKey", { algorithm: "DSA" }), ["algorithm"]);
    assert.deepEqual(await properties("PrivateKey", { algorithm: "RSA", rsaBits: 512 }), ["rsaBits"]);
    assert.deepEqual(
      await properties("SelfSignedCert", { allowedUses: ["server"], validityPeriodHours: -1, ipAddresses: ["x"] }),
      ["privateKeyPem", "validityPeriodHours", "allowedUses[0]", "ipAddresses[0]"],
    );
    assert.deepEqual(await properties("SelfSignedCert", { ...ca, privateKeyPem: "k" }), ["subject"]);
    assert.deepEqual(await properties("SelfSignedCert", { ...ca, privateKeyPem: unknown }), []);
    const textual = { ...ca, privateKeyPem: "k", isCaCertificate: "no", setSubjectKeyId: "yes" };
    assert.deepEqual(await properties("SelfSignedCert", textual), ["isCaCertificate", "setSubjectKeyId"]);
    await assert.rejects(
      create("CertRequest", { privateKeyPem: "hush" }),
      (error: Error) => !error.message.includes("hush"),
    );
  });

  it("shows the public half of a key", async () => {
    const key = await create("PrivateKey", curve);
    const args = { privateKeyPem: key["privateKeyPem"]! };
    const found = await tls.invoke!("tls:index/getPublicKey:getPublicKey", args, false);
    assert.equal(found.result["publicKeyOpenssh"], key["publicKeyOpenssh"]);
    assert.equal(found.result["algorithm"], "ECDSA");
  });
});
