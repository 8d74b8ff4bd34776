import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

type Body = Record<string, unknown>;

/** What was asked of the server. */
export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
  type: string;
}

/** An answer: a status and a body, an object as JSON; one that is lost ends the connection instead. */
export type Answering = (asked: Asked) => { status?: number; body?: Body | string; lost?: boolean } | undefined;

/** An API server of a test's own, which answers as the test says; what it has no answer for is not there. */
export class FakeApi {
  readonly asked: Asked[] = [];
  readonly #server: Server;
  answer: Answering;

  constructor(answer: Answering) {
    this.answer = answer;
    this.#server = createServer((request, response) => {
      read(request).then((asked) => {
        this.asked.push(asked);
        const missing = { status: 404, body: { reason: "NotFound" }, lost: false };
        const { status = 200, body = {}, lost } = this.answer(asked) ?? missing;
        if (lost) request.socket.destroy();
        else response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
      });
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
    return this;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Its kubeconfig, whole; the context is `fake`. */
  get kubeconfig(): string {
    const { port } = this.#server.address() as AddressInfo;
    return JSON.stringify({
      clusters: [{ name: "fake", cluster: { server: `http://127.0.0.1:${port}` } }],
      users: [{ name: "fake", user: { token: "t" } }],
      contexts: [{ name: "fake", context: { cluster: "fake", user: "fake" } }],
    });
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  const { pathname, searchParams } = new URL(request.url!, "http://fake");
  return {
    method: request.method!,
    path: pathname,
    query: Object.fromEntries(searchParams),
    body: text === "" ? undefined : JSON.parse(text),
    type: request.headers["content-type"] ?? "",
  };
}
