import type { FastifyInstance } from "fastify";
import { body } from "./notes.ts";
import type { Stores } from "./stores.ts";

/** Lists in Redis: what waits, and what a worker has taken and not finished. */
export const lists = { waiting: "jobs", taken: "jobs:taken" } as const;

/** Work that is answered at once and done by the worker: a note, written later. */
export function jobs(server: FastifyInstance, { redis }: Stores): void {
  if (!redis) return;
  server.post<{ Body: { text: string } }>("/api/jobs", { schema: { body } }, async (request, reply) => {
    return reply.code(202).send({ waiting: await redis.lPush(lists.waiting, request.body.text) });
  });
}
