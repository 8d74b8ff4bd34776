import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";

const querystring = {
  type: "object",
  required: ["seconds"],
  properties: { seconds: { type: "number", minimum: 0, maximum: 60 } },
} as const;

/** An answer that takes its time, as a report's does. */
export function long(server: FastifyInstance): void {
  server.get<{ Querystring: { seconds: number } }>("/api/long", { schema: { querystring } }, async (request) => {
    await wait(request.query.seconds * 1000);
    return { seconds: request.query.seconds };
  });
}
