import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance } from "fastify";

const path = "/api/echo";
const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, for the handshake
const [text, close] = [0x81, 0x88];
const goingAway = Buffer.from([0x03, 0xe9]); // 1001
const longest = 125;

/** A WebSocket that sends each short text back. When the server ends, it says so to each client instead of breaking off. */
export function echo(server: FastifyInstance): void {
  const open = new Set<Duplex>();
  server.server.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    const key = request.headers["sec-websocket-key"];
    if (request.url !== path || !key) return void socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
    const accept = createHash("sha1")
      .update(key + guid)
      .digest("base64");
    const head = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
    socket.write([...head, `Sec-WebSocket-Accept: ${accept}`, "", ""].join("\r\n"));
    open.add(socket);
    socket.on("close", () => open.delete(socket)).on("error", () => socket.destroy());
    answer(socket);
  });
  server.addHook("preClose", async () => {
    for (const socket of open) socket.end(frame(close, goingAway));
  });
}

function answer(socket: Duplex): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on("data", (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    for (let next = take(rest); next; next = take(rest)) {
      rest = rest.subarray(next.length);
      if (next.kind === text) socket.write(frame(text, next.payload));
      else return void socket.end(frame(close, next.payload.subarray(0, 2)));
    }
  });
}

/** The first whole frame: a client's are masked. What is longer than {@link longest} ends the connection. */
function take(data: Buffer): { kind: number; payload: Buffer; length: number } | undefined {
  if (data.length < 2) return undefined;
  const size = data[1]! & 0x7f;
  if (size > longest) return { kind: close, payload: Buffer.from([0x03, 0xf1]), length: data.length }; // 1009, too big
  if (data.length < 6 + size) return undefined;
  const mask = data.subarray(2, 6);
  const payload = data.subarray(6, 6 + size).map((byte, at) => byte ^ mask[at % 4]!);
  return { kind: data[0]!, payload: Buffer.from(payload), length: 6 + size };
}

function frame(kind: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([kind, payload.length]), payload]);
}
