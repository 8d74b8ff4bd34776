import { randomBytes } from "node:crypto";
import { Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent, type RequestOptions, request } from "node:https";
import type { Socket } from "node:net";

/** What came back: a status, or the code of what went wrong. */
export interface Answer {
  status: number | string;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** By plain HTTP. */
  plain?: boolean;
  /** On a connection that is kept. */
  kept?: boolean;
}

/** Somebody who asks for a host through Traefik, and takes no certificate but one that its authority has signed. */
export class Client {
  readonly #host: string;
  readonly #ports: { http: number; https: number };
  readonly #authority: string | undefined;
  readonly #kept: { secure: Agent; plain: PlainAgent };

  constructor(host: string, ports: { http: number; https: number }, authority?: string) {
    this.#host = host;
    this.#ports = ports;
    this.#authority = authority;
    this.#kept = { secure: new Agent({ keepAlive: true }), plain: new PlainAgent({ keepAlive: true }) };
  }

  ask(path: string, { method, headers, body, plain, kept }: Ask = {}): Promise<Answer> {
    const agent = kept ? this.#kept[plain ? "plain" : "secure"] : false;
    return new Promise((done) => {
      const options = { ...this.#place(path, plain), agent, method, headers: { host: this.#host, ...headers } };
      const call = (plain ? plainRequest : request)(options, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        answer.on("end", () => done({ status: answer.statusCode!, headers: answer.headers, text }));
        answer.on("error", (error: NodeJS.ErrnoException) =>
          done({ status: `${error.code} in an answer`, headers: {}, text }),
        );
      });
      call.setTimeout(15_000, () => call.destroy(new Error("no answer in 15 s")));
      call.on("error", (error: NodeJS.ErrnoException) =>
        done({ status: error.code ?? error.message, headers: {}, text: "" }),
      );
      call.end(body);
    });
  }

  /** Asks twenty times a second until `during` has ended, every other time on a connection that is kept: how often each came back. */
  async steadily<T>(path: string, during: () => Promise<T>): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    const under: Promise<void>[] = [];
    let sent = 0;
    const timer = setInterval(() => {
      const one = this.ask(path, { kept: sent++ % 2 === 0 }).then(({ status }) => {
        counts[status] = (counts[status] ?? 0) + 1;
      });
      under.push(one);
    }, 50);
    try {
      await during();
    } finally {
      clearInterval(timer);
      await Promise.all(under);
    }
    return counts;
  }

  /** Sends a body bit by bit until `during` has ended. */
  async upload(path: string, during: () => Promise<unknown>): Promise<{ sent: number; answer: Answer }> {
    let sent = 0;
    let tell: (answer: Answer) => void;
    const answered = new Promise<Answer>((done) => {
      tell = done;
    });
    const options = { ...this.#place(path), agent: false as const, method: "POST", headers: { host: this.#host } };
    const call = request(options, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      answer.on("end", () => tell({ status: answer.statusCode!, headers: answer.headers, text }));
    });
    call.on("error", (error: NodeJS.ErrnoException) =>
      tell({ status: error.code ?? error.message, headers: {}, text: "" }),
    );
    const timer = setInterval(() => {
      call.write(Buffer.alloc(10_000));
      sent += 10_000;
    }, 100);
    await during();
    clearInterval(timer);
    call.end();
    return { sent, answer: await answered };
  }

  /** Opens a WebSocket: what it hears, and how it ends. */
  socket(path: string): Promise<Talk> {
    const headers = {
      host: this.#host,
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": randomBytes(16).toString("base64"),
    };
    return new Promise((done, failed) => {
      const call = request({ ...this.#place(path), agent: false, headers }, (answer) => {
        failed(new Error(`no WebSocket: ${answer.statusCode}`));
        answer.destroy();
      });
      call.on("upgrade", (_answer, socket) => done(new Talk(socket)));
      call.on("error", failed).end();
    });
  }

  #place(path: string, plain = false): RequestOptions {
    const place = { host: "127.0.0.1", port: plain ? this.#ports.http : this.#ports.https, path };
    return plain ? place : { ...place, servername: this.#host, ...(this.#authority && { ca: this.#authority }) };
  }
}

/** A WebSocket that sends short texts and hears them again. */
export class Talk {
  /** Close code with which the other end went; 0 where it merely broke off. */
  readonly ended: Promise<number>;
  readonly #socket: Socket;
  #hear: (text: string) => void = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    this.ended = new Promise((done) => {
      let code = 0;
      socket.on("data", (data: Buffer) => {
        if ((data[0]! & 15) === 8) code = data.length >= 4 ? data.readUInt16BE(2) : 1005;
        else this.#hear(data.subarray(2, 2 + (data[1]! & 127)).toString());
      });
      socket.on("close", () => done(code)).on("error", () => {});
    });
  }

  /** What is heard of it, or undefined where nothing is in two seconds. */
  say(text: string): Promise<string | undefined> {
    const mask = randomBytes(4);
    const masked = Buffer.from(text).map((byte, at) => byte ^ mask[at % 4]!);
    return new Promise((done) => {
      setTimeout(() => done(undefined), 2000);
      this.#hear = done;
      if (!this.#socket.destroyed)
        this.#socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | masked.length]), mask, masked]));
    });
  }

  end(): void {
    this.#socket.destroy();
  }
}
