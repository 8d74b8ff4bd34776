import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a path answers. */
export type Answers = Readonly<Record<string, RequestListener>>;

/** A real server on 127.0.0.1, by what its paths answer; 404 elsewhere. */
export class Site {
  readonly asked: string[] = [];
  readonly #server: Server;

  constructor(answers: Answers) {
    this.#server = createServer((request, response) => {
      this.asked.push(request.url!);
      const { pathname } = new URL(request.url!, "http://site");
      const answer = answers[pathname];
      if (answer) answer(request, response);
      else response.writeHead(404).end("nothing here");
    });
    this.#server.on("upgrade", (request: IncomingMessage, socket) => {
      const opens = request.url === "/live";
      socket.end(
        opens
          ? "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\r\n"
          : "HTTP/1.1 400 No\r\n\r\n",
      );
    });
  }

  async start(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

export const json =
  (status: number, body: unknown): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
