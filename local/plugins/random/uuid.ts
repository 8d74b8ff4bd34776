import { randomBytes, randomUUID } from "node:crypto";
import { type Kind, withKeepers } from "./kind.ts";

export const randomUuid = uuid(randomUUID);
export const randomUuid7 = uuid(uuid7);

function uuid(draw: () => string): Kind {
  return {
    arguments: { keepers: true },
    complete: withKeepers,
    problems: () => [],
    generated: ["result"],
    generate: async () => made(draw()),
    import: async (id) => {
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new Error(`${id} is not a UUID`);
      return { inputs: {}, ...made(id.toLowerCase()) };
    },
  };
}

function made(id: string) {
  return { id, values: { result: id } };
}

/** RFC 9562: 48 bits of milliseconds, the version, and random bits. */
export function uuid7(now: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
