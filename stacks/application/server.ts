import { hostname } from "node:os";
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, LogController } from "fastify";
import type { Logger } from "pino";
import type { Configuration } from "./configuration.ts";
import { flags } from "./flags.ts";
import { type Check, health } from "./health.ts";
import { traceOf } from "./logLine.ts";
import { measure } from "./metrics.ts";

/** What may change while the process runs. */
export interface Life {
  /** False while it starts and once it is told to end. */
  ready: boolean;
  /** True once it is told to end: connections are then closed with their answer. */
  ending: boolean;
}

export function createServer(
  config: Configuration,
  log: Logger,
  life: Life,
  checks: Record<string, Check>,
): FastifyInstance {
  const { contract } = config;
  const server: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }) => traceOf(headers) ?? crypto.randomUUID(),
    // Each line names its request by the system's own word for it.
    childLoggerFactory: (logger) => logger,
    return503OnClosing: false,
  });
  measure(server, config.SERVICE_NAME);
  server.addHook("onSend", async (_request, reply) => {
    if (life.ending) reply.header("connection", "close");
  });
  server.addHook("onResponse", async (request, reply) => {
    const metadata = {
      method: request.method,
      path: request.url.split("?")[0],
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    };
    request.log.debug({ [contract.request]: request.id, metadata }, "answered");
  });
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode && error.statusCode < 500 ? error.statusCode : 503;
    if (status === 503)
      request.log.error(
        { [contract.request]: request.id, metadata: { reason: error.code ?? error.name } },
        "a request failed",
      );
    return reply
      .code(status)
      .send({ error: status === 503 ? "a server behind this one is away" : error.message, requestId: request.id });
  });
  allowOrigins(server, config.CORS_ALLOW_ORIGINS);
  server.get(config.LIVE_PATH, async () => ({ status: "ok" }));
  server.get(config.READY_PATH, async (_request, reply) => {
    const ready = life.ready && !config.FAIL_READY;
    return reply.code(ready ? 200 : 503).send({ status: ready ? "ok" : "not ready" });
  });
  server.get(config.HEALTH_PATH, async (_request, reply) => {
    const { status, body } = contract.answer(await health(checks));
    return reply.code(status).send(body);
  });
  server.get("/api/flags", () => flags(config.FEATURE_FLAGS_FILE));
  server.get("/", async () => ({
    service: config.SERVICE_NAME,
    environment: config.ENVIRONMENT,
    release: config.RELEASE,
    pod: hostname(),
  }));
  return server;
}

/** Answers only the origins it was given. */
function allowOrigins(server: FastifyInstance, allowed: string[]): void {
  server.addHook("onRequest", async (request, reply) => {
    const { origin } = request.headers;
    if (!origin || !allowed.includes(origin)) return;
    reply.headers({ "access-control-allow-origin": origin, vary: "origin" });
    if (request.method === "OPTIONS") {
      reply.headers({ "access-control-allow-methods": "GET, POST", "access-control-allow-headers": "content-type" });
      return reply.code(204).send();
    }
  });
}
