import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** How often a script asks a store that does not answer. */
export const mostTries = 12;

/** A way to a server that lets so many bytes through, and then goes silent: what is connected stays so. */
export class Silence {
  readonly #server: Server;
  readonly #sockets: Socket[] = [];
  readonly #unheard = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async begin(port: number, afterBytes: number): Promise<Silence> {
    let left = afterBytes;
    const server = createServer((client) => {
      const target = connect(port, "127.0.0.1");
      silence.#sockets.push(client, target);
      for (const socket of [client, target]) socket.on("error", () => {});
      target.pipe(client);
      client.on("data", (bytes) => {
        left -= bytes.length;
        if (left >= 0) target.write(bytes);
        else silence.#unheard.add(client);
      });
    });
    const silence = new Silence(server);
    await once(server.listen(0, "127.0.0.1"), "listening");
    return silence;
  }

  get endpoint(): string {
    const { port } = this.#server.address() as { port: number };
    return `http://127.0.0.1:${port}`;
  }

  /** How often somebody waited for an answer in vain. */
  get tries(): number {
    return this.#unheard.size;
  }

  end(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
