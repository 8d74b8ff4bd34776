import { createHash } from "node:crypto";

/** What a provider would add to a resource's inputs: fixed, so that two renders are alike. `secret` lists what nobody may print. */
export interface StandIn {
  readonly state: Readonly<Record<string, unknown>>;
  readonly secret?: readonly string[];
}

const noDigest = `sha256:${"0".repeat(64)}`;

/** A value that takes the place of a secret; it says so where it turns up. */
export function standInSecret(name: string, length = 0): string {
  return `stands-in-for-${name}`.padEnd(Math.max(length, 40), "-x");
}

/** What stands in for that resource's outputs. */
export function standIn(type: string, name: string, inputs: Readonly<Record<string, unknown>>): StandIn {
  const kind = type.slice(type.lastIndexOf(":") + 1);
  if (type.startsWith("kubernetes:")) return { state: withName(name, inputs) };
  if (type.startsWith("random:")) return random(kind, name, inputs);
  if (type.startsWith("tls:")) return tls(name);
  if (type.startsWith("docker:")) return { state: image(inputs) };
  return { state: inputs };
}

/** The provider's own name where the program gives none: its end tells one content from another, as the true one does. */
function withName(name: string, inputs: Readonly<Record<string, unknown>>) {
  const metadata = inputs["metadata"] as { name?: unknown; generateName?: unknown } | undefined;
  if (metadata?.name !== undefined || metadata?.generateName !== undefined) return inputs;
  return { ...inputs, metadata: { name: `${name}-${hex(JSON.stringify(inputs)).slice(0, 8)}`, ...metadata } };
}

function random(kind: string, name: string, inputs: Readonly<Record<string, unknown>>): StandIn {
  const length = Number(inputs["length"] ?? 0);
  if (kind === "RandomPassword") {
    const result = standInSecret(name, length).slice(0, length || undefined);
    return { state: { ...inputs, result, bcryptHash: hex(name) }, secret: ["result", "bcryptHash"] };
  }
  if (kind === "RandomBytes") {
    const bytes = Buffer.from(hex(name).repeat(8)).subarray(0, length || 16);
    const state = { ...inputs, hex: bytes.toString("hex"), base64: bytes.toString("base64") };
    return { state, secret: ["hex", "base64"] };
  }
  const size = Number(inputs["byteLength"] ?? 8) * 2;
  const text = hex(name).repeat(Math.ceil(Math.max(size, length, 64) / 64));
  const id = { hex: text.slice(0, size), b64Url: text.slice(0, size), b64Std: text.slice(0, size), dec: "1234567890" };
  const uuid = text.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
  const result = kind.startsWith("RandomUuid")
    ? uuid
    : kind === "RandomInteger"
      ? Number(inputs["min"])
      : text.slice(0, length || 16);
  return { state: { ...inputs, ...id, id: text.slice(0, size), result } };
}

function tls(name: string): StandIn {
  const pem = (what: string) => `-----BEGIN ${what}-----\n${standInSecret(name)}\n-----END ${what}-----\n`;
  const state = {
    certPem: `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`,
    certRequestPem: `-----BEGIN CERTIFICATE REQUEST-----\n${name}\n-----END CERTIFICATE REQUEST-----\n`,
    publicKeyPem: `-----BEGIN PUBLIC KEY-----\n${name}\n-----END PUBLIC KEY-----\n`,
    publicKeyOpenssh: `ssh-ed25519 ${name}`,
    privateKeyPem: pem("PRIVATE KEY"),
    privateKeyPemPkcs8: pem("PRIVATE KEY"),
    privateKeyOpenssh: pem("OPENSSH PRIVATE KEY"),
  };
  return { state, secret: ["privateKeyPem", "privateKeyPemPkcs8", "privateKeyOpenssh"] };
}

/** An image that is yet to be built has no digest. */
function image(inputs: Readonly<Record<string, unknown>>) {
  const name = String(inputs["imageName"] ?? inputs["name"] ?? "image");
  const repository = name.replace(/:[^:/]*$/, "");
  return { ...inputs, baseImageName: name, repoDigest: `${repository}@${noDigest}` };
}

function hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
