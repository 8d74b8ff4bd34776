import { randomBytes as draw } from "node:crypto";
import { type Kind, wholeNumber, withKeepers } from "./kind.ts";

export const randomId: Kind = {
  arguments: { byteLength: true, keepers: true, prefix: true },
  complete: withKeepers,
  problems: (inputs) => wholeNumber(inputs, "byteLength", 1),
  generated: ["b64Std", "b64Url", "hex", "dec"],
  generate: async (inputs) => idOf(draw(inputs["byteLength"] as number), String(inputs["prefix"] ?? "")),
  import: async (text) => {
    const comma = text.lastIndexOf(",");
    const prefix = comma < 0 ? "" : text.slice(0, comma);
    const bytes = Buffer.from(text.slice(comma + 1), "base64url");
    return { inputs: { byteLength: bytes.length, ...(prefix ? { prefix } : {}) }, ...idOf(bytes, prefix) };
  },
};

function idOf(bytes: Buffer, prefix: string) {
  const id = bytes.toString("base64url");
  const hex = bytes.toString("hex");
  const values = { b64Std: bytes.toString("base64"), b64Url: id, hex, dec: BigInt(`0x${hex}`).toString() };
  return { id, values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, prefix + value])) };
}

export const randomBytes: Kind = {
  arguments: { keepers: true, length: true },
  complete: withKeepers,
  problems: (inputs) => wholeNumber(inputs, "length", 1),
  generated: ["base64", "hex"],
  secret: true,
  generate: async (inputs) => bytesOf(draw(inputs["length"] as number)),
  import: async (text) => {
    const bytes = Buffer.from(text, "base64");
    return { inputs: { length: bytes.length }, ...bytesOf(bytes) };
  },
};

function bytesOf(bytes: Buffer) {
  return { id: "none", values: { base64: bytes.toString("base64"), hex: bytes.toString("hex") } };
}
