import type { FastifyInstance } from "fastify";
import type pg from "pg";
import type { Stores } from "./stores.ts";

export const insertNote = "INSERT INTO notes (text) VALUES ($1) RETURNING id, text, created_at";

export const body = {
  type: "object",
  required: ["text"],
  additionalProperties: false,
  properties: { text: { type: "string", minLength: 1, maxLength: 1000 } },
} as const;

const params = {
  type: "object",
  properties: { id: { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER } },
} as const;

/** Rows, written and read; and a counter in Redis: as far as the system has them. */
export function notes(server: FastifyInstance, { database, redis }: Stores): void {
  if (database) rows(server, database);
  if (!redis) return;
  server.get("/api/counter", async () => ({ count: Number((await redis.get("counter")) ?? 0) }));
  server.post("/api/counter", async () => ({ count: await redis.incr("counter") }));
}

function rows(server: FastifyInstance, database: pg.Pool): void {
  server.get("/api/notes", async () => {
    const { rows } = await database.query("SELECT id, text, created_at FROM notes ORDER BY id DESC LIMIT 50");
    return rows;
  });
  server.get<{ Params: { id: number } }>("/api/notes/:id", { schema: { params } }, async (request, reply) => {
    const { rows } = await database.query("SELECT id, text, created_at FROM notes WHERE id = $1", [request.params.id]);
    return rows[0] ?? reply.code(404).send({ error: `no note ${request.params.id}`, requestId: request.id });
  });
  server.post<{ Body: { text: string } }>("/api/notes", { schema: { body } }, async (request, reply) => {
    const { rows } = await database.query(insertNote, [request.body.text]);
    return reply.code(201).send(rows[0]);
  });
}
