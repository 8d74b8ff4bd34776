import { connect, type Socket } from "node:net";

/** A connection to a Redis, which speaks its protocol in the plainest way: one command, one answer. */
export class Client {
  readonly #socket: Socket;
  #text = "";
  #waiting?: { done: (answer: string) => void; failed: (reason: Error) => void };

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("utf8").setNoDelay(true);
    socket.setTimeout(3000, () => socket.destroy());
    socket.on("data", (text: string) => this.#read(text));
    for (const event of ["close", "error"]) socket.on(event, () => this.#end());
  }

  static async open(port: number, password: string): Promise<Client> {
    const socket = connect(port, "127.0.0.1");
    const client = new Client(socket);
    const answer = await client.ask("AUTH", password);
    if (answer !== "+OK") throw new Error(answer);
    return client;
  }

  /** What it answers to a command whose answer is one line. An error of the server's is thrown. */
  async ask(...words: string[]): Promise<string> {
    const command = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("");
    const answer = await new Promise<string>((done, failed) => {
      if (this.#socket.destroyed) return failed(new Error("closed"));
      this.#waiting = { done, failed };
      this.#socket.write(`*${words.length}\r\n${command}`);
    });
    if (answer.startsWith("-")) throw new Error(answer);
    return answer;
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(text: string): void {
    this.#text += text;
    if (!this.#text.endsWith("\r\n")) return;
    const [answer] = this.#text.split("\r\n");
    this.#text = "";
    this.#waiting?.done(answer!);
    this.#waiting = undefined;
  }

  #end(): void {
    this.#waiting?.failed(new Error("closed"));
    this.#waiting = undefined;
  }
}
