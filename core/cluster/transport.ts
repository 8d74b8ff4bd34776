import http from "node:http";
import https from "node:https";
import { ApiError, Unreachable } from "./apiError.ts";
import { type Credentials, credentialsOf, dataOrFile } from "./credentials.ts";
import { deprecations } from "./deprecation.ts";
import type { Target } from "./kubeconfig.ts";

export interface Request {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: Record<string, string | undefined>;
  body?: unknown;
  contentType?: string;
  /** @default JSON */
  accept?: string;
  /** Milliseconds without an answer. @default a minute */
  timeoutMs?: number;
}

const requestTimeout = 60_000;
const safeToRepeat = new Set(["ECONNRESET", "EPIPE"]);

/** Both sides of a connection: how we prove who we are, and how the server does. */
type Identity = Omit<Credentials, "expires"> & Pick<https.RequestOptions, "ca" | "rejectUnauthorized" | "servername">;

/** HTTPS with kept-alive connections to one API server, as one user. */
export class Transport {
  readonly #target: Target;
  readonly #agent: http.Agent | https.Agent;
  readonly #onDeprecated: (warning: string) => void;
  readonly #userAgent: string;
  #identity: Promise<Identity> | undefined;
  #expires = Number.POSITIVE_INFINITY;

  constructor(target: Target, onDeprecated: (warning: string) => void = () => {}, userAgent = "pulumi-kubernetes") {
    if (target.cluster["proxy-url"]) {
      throw new Unreachable(`context ${target.context} asks for a proxy, which is not supported here`);
    }
    this.#target = target;
    this.#onDeprecated = onDeprecated;
    this.#userAgent = userAgent;
    const options = { keepAlive: true, maxSockets: 24 };
    this.#agent = target.cluster.server.startsWith("http:") ? new http.Agent(options) : new https.Agent(options);
  }

  /** The answer as text; an error status is thrown as an ApiError. */
  async send(request: Request): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      try {
        const { status, body, retryAfter } = await this.#once(request);
        if (status < 400) return body;
        if (status === 429 && attempt < 5) await pause(retryAfter * 1000);
        // A token of a credential plugin may end before its time.
        else if (status === 401 && attempt === 0 && this.#target.user.exec) this.#identity = undefined;
        else throw new ApiError(status, parseJson(body), `${request.method} ${request.path}`);
      } catch (error) {
        // Mostly a kept-alive connection that the server closed at the same moment: nothing was done, ask again. It may also have
        // been done and its answer lost: then a patch that says what it is of is refused the second time, though it is done.
        const stale = safeToRepeat.has((error as NodeJS.ErrnoException).code ?? "");
        if (stale && attempt < 2 && request.method !== "POST") continue;
        throw error instanceof ApiError ? error : this.#unreachable(error);
      }
    }
  }

  /** One answer, whatever its status; nobody who answers is thrown as Unreachable. */
  async ask(request: Request): Promise<{ status: number; body: string }> {
    try {
      const { status, body } = await this.#once(request);
      return { status, body };
    } catch (error) {
      throw this.#unreachable(error);
    }
  }

  async #once(request: Request): Promise<{ status: number; body: string; retryAfter: number }> {
    const options = await this.#options(request);
    const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
    const secure = this.#agent instanceof https.Agent;
    return new Promise((resolve, reject) => {
      const sent = (secure ? https : http).request({ ...options, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = [];
        deprecations(response.headers.warning).forEach(this.#onDeprecated);
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString("utf8"),
            retryAfter: Number(response.headers["retry-after"] ?? 1),
          }),
        );
      });
      sent.on("error", reject);
      const patience = request.timeoutMs ?? requestTimeout;
      sent.setTimeout(patience, () => sent.destroy(new Error(`no answer within ${patience / 1000} s`)));
      if (body !== undefined) {
        sent.setHeader("content-type", request.contentType ?? "application/json");
        // Node leaves it out for DELETE, and then the next request on the same connection fails.
        sent.setHeader("content-length", body.length);
      }
      sent.end(body);
    });
  }

  async #options(request: Request): Promise<https.RequestOptions> {
    const base = new URL(this.#target.cluster.server);
    const { authorization, ...tls } = await this.#current();
    const query = new URLSearchParams(
      Object.entries(request.query ?? {}).filter((pair): pair is [string, string] => pair[1] !== undefined),
    ).toString();
    return {
      ...tls,
      method: request.method,
      protocol: base.protocol,
      hostname: base.hostname.replace(/^\[|\]$/g, ""),
      port: base.port || (base.protocol === "http:" ? 80 : 443),
      path: `${base.pathname.replace(/\/$/, "")}${request.path}${query && `?${query}`}`,
      headers: {
        accept: request.accept ?? "application/json",
        "user-agent": this.#userAgent,
        ...(authorization && { authorization }),
      },
    };
  }

  #current(): Promise<Identity> {
    if (this.#identity === undefined || Date.now() > this.#expires - 30_000) {
      this.#expires = Number.POSITIVE_INFINITY;
      this.#identity = this.#identify();
    }
    return this.#identity;
  }

  async #identify(): Promise<Identity> {
    const { cluster } = this.#target;
    const { expires, ...credentials } = await credentialsOf(this.#target);
    this.#expires = expires ?? Number.POSITIVE_INFINITY;
    return {
      ...credentials,
      ca: dataOrFile(cluster["certificate-authority-data"], cluster["certificate-authority"]),
      rejectUnauthorized: cluster["insecure-skip-tls-verify"] !== true,
      ...(cluster["tls-server-name"] && { servername: cluster["tls-server-name"] }),
    };
  }

  #unreachable(error: unknown): Unreachable {
    if (error instanceof Unreachable) return error;
    const { code, message } = error as NodeJS.ErrnoException;
    const why = message || code || String(error);
    return new Unreachable(`${this.#target.cluster.server} (context ${this.#target.context}): ${why}`);
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return { message: body.trim().slice(0, 500) };
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
