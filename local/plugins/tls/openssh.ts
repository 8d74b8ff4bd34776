import { type KeyObject, randomBytes } from "node:crypto";

// OpenSSH's own key format (its PROTOCOL.key): strings with a length before them, numbers as signed big-endian bytes.

const sshCurves: Record<string, string> = { "P-256": "nistp256", "P-384": "nistp384", "P-521": "nistp521" };

/** What `ssh-keygen` calls the key blob; `undefined` for a curve that OpenSSH doesn't know. */
export function publicBlob(key: KeyObject): Buffer | undefined {
  return join(keyParts(key)?.shown);
}

export function authorizedKey(blob: Buffer): string {
  const type = blob.subarray(4, 4 + blob.readUInt32BE()).toString();
  return `${type} ${blob.toString("base64")}\n`;
}

/** Unencrypted, without a comment; empty for a curve that OpenSSH doesn't know. */
export function openSshPrivateKey(key: KeyObject): string {
  const parts = keyParts(key);
  if (parts === undefined) return "";
  const check = randomBytes(4);
  const body = Buffer.concat([check, check, join(parts.hidden)!, text("")]);
  const padding = Buffer.from(Array.from({ length: (8 - (body.length % 8)) % 8 }, (_, index) => index + 1));
  const one = Buffer.from([0, 0, 0, 1]);
  const head = [Buffer.from("openssh-key-v1\0"), text("none"), text("none"), text(""), one, string(join(parts.shown)!)];
  const lines = Buffer.concat([...head, string(Buffer.concat([body, padding]))])
    .toString("base64")
    .match(/.{1,70}/g)!;
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join("\n")}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

interface KeyParts {
  shown: Buffer[];
  hidden: Buffer[];
}

function keyParts(key: KeyObject): KeyParts | undefined {
  // JSON web keys have no P-224, and neither has OpenSSH.
  if (key.asymmetricKeyDetails?.namedCurve === "secp224r1") return undefined;
  const web = key.export({ format: "jwk" });
  const bytes = (name: keyof typeof web) => Buffer.from(String(web[name]), "base64url");
  const numbers = (...names: (keyof typeof web)[]) => names.map((name) => number(bytes(name)));
  if (key.asymmetricKeyType === "rsa") {
    const type = text("ssh-rsa");
    return { shown: [type, ...numbers("e", "n")], hidden: [type, ...numbers("n", "e", "d", "qi", "p", "q")] };
  }
  if (key.asymmetricKeyType === "ed25519") {
    const shown = [text("ssh-ed25519"), string(bytes("x"))];
    return { shown, hidden: [...shown, string(Buffer.concat([bytes("d"), bytes("x")]))] };
  }
  const curve = sshCurves[String(web.crv)];
  if (curve === undefined) return undefined;
  const point = string(Buffer.concat([Buffer.from([4]), bytes("x"), bytes("y")]));
  const shown = [text(`ecdsa-sha2-${curve}`), text(curve), point];
  return { shown, hidden: [...shown, ...numbers("d")] };
}

function join(parts: Buffer[] | undefined): Buffer | undefined {
  return parts && Buffer.concat(parts);
}

function string(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function text(characters: string): Buffer {
  return string(Buffer.from(characters));
}

function number(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const short = start < 0 ? Buffer.alloc(0) : bytes.subarray(start);
  return string((short[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), short]) : short);
}
