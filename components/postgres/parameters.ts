import { bytes } from "../../core/quantity.ts";
import { ArgumentError, below } from "../argument.ts";
import type { PostgresArgs } from "./args.ts";

const mebibyte = 2 ** 20;

/** What a connection takes of memory while it does nothing, in MiB. */
const idleConnection = 1.5;

/** How much a server has to work with. */
export interface Room {
  /** Memory of the instance, a Kubernetes quantity. */
  memory: string;
  /** Size of the volume, a Kubernetes quantity. */
  storage: string;
  connections: number;
}

/** What is derived from the room a server has. `docs/postgres.md` explains each. */
export function tuned(room: Room): Record<string, string> {
  const { connections } = room;
  const [memory, shared] = [mebibytes(room.memory), sharedBuffers(room.memory)];
  return {
    max_connections: String(connections),
    shared_buffers: `${shared}MB`,
    effective_cache_size: `${Math.max(shared, Math.floor((memory * 3) / 4))}MB`,
    work_mem: `${within(1, Math.floor((memory - shared) / connections / 3), 64)}MB`,
    maintenance_work_mem: `${within(16, Math.floor(memory / 16), 1024)}MB`,
    max_wal_size: `${within(80, Math.floor(mebibytes(room.storage) / 8), 4096)}MB`,
  };
}

/** Connections that a server takes unless it is told otherwise: as many as Postgres' own default, where there is room for them. */
export function usualConnections(memory: string): number {
  return within(10, roomFor(memory), 100);
}

/** Refuses more connections than the memory has room for. @param path The component as errors name it: `Postgres db`. */
export function checkConnections(path: string, { connections, parameters = {} }: PostgresArgs, memory: string): void {
  const most = roomFor(memory);
  if (connections === undefined || connections <= most || parameters["shared_buffers"] !== undefined) return;
  const reason = `${connections} need ${idleConnection} MiB each beside shared_buffers, and the memory, ${memory}, has room for ${Math.max(0, most)}; give resources.memory more, or allow fewer`;
  throw new ArgumentError(below(path, "connections"), reason);
}

function roomFor(memory: string): number {
  return Math.floor((mebibytes(memory) - sharedBuffers(memory)) / idleConnection);
}

/** A quarter of the memory, as Postgres' own manual advises. */
function sharedBuffers(memory: string): number {
  return Math.max(32, Math.floor(mebibytes(memory) / 4));
}

function mebibytes(quantity: string): number {
  return Math.floor((bytes(quantity) ?? 0) / mebibyte);
}

function within(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
