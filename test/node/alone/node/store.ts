import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { kubectl } from "../../kubectl.ts";
import type { Machine } from "../../machine.ts";

/** What is in a pod and keeps numbers, spoken to by its own client. */
export interface Store {
  pod: string;
  container: string;
  /** Reads commands line by line, and answers each with one line that begins with a digit. */
  client: string;
  write(id: number): string;
  read: string;
}

const psql = "PGPASSWORD=$(cat /etc/palier/admin/password) exec psql -U postgres -Atq -v ON_ERROR_STOP=1";
const redis = { container: "redis", client: "exec redis-cli", read: "LRANGE written 0 -1" };

/** Those that keep what they have acknowledged; and, to show that the test sees a loss, those that don't promise it. */
export const stores = {
  rows: {
    pod: "db-0",
    container: "postgres",
    client: psql,
    write: (id) => `INSERT INTO written VALUES (${id}) RETURNING id;`,
    read: "SELECT id FROM written;",
  },
  entries: { pod: "queue-0", ...redis, write: (id) => `RPUSH written ${id}` },
  cached: { pod: "cache-0", ...redis, write: (id) => `RPUSH written ${id}` },
} as const satisfies Record<string, Store>;

/** Where a store runs. */
export interface Place {
  machine: Machine;
  namespace: string;
}

/** Runs one command of the store's client, and returns the lines that it prints. */
export async function ask({ machine, namespace }: Place, store: Store, command: string): Promise<string[]> {
  const { pod, container, client } = store;
  const words = ["exec", "-n", namespace, pod, "-c", container, "--", "sh", "-c"];
  const printed = await kubectl(machine, ...words, `printf '%s\\n' "$0" | (${client})`, command);
  return printed.split("\n").filter(Boolean);
}

/** A client that writes one number after the other, each when the one before is acknowledged, until it is cut off. */
export class Writer {
  readonly acknowledged: number[] = [];
  /** What the store said in place of an acknowledgement. */
  refusal = "";
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;

  constructor({ machine, namespace }: Place, store: Store, first: number) {
    const { pod, container, client } = store;
    const words = ["exec", "-i", "-n", namespace, pod, "-c", container, "--", "sh", "-c", client];
    this.#child = spawn(machine.kubectl, ["--kubeconfig", machine.kubeconfig, ...words]);
    this.#closed = once(this.#child, "close");
    const { stdin, stdout } = this.#child;
    stdin!.on("error", () => {}); // it is cut off in the midst of a word
    let id = first;
    createInterface(stdout!).on("line", (line) => {
      if (/^\d/.test(line)) this.acknowledged.push(id++);
      else this.refusal = line;
      stdin!.write(`${store.write(id)}\n`);
    });
    stdin!.write(`${store.write(id)}\n`);
  }

  /** Waits until its connection is gone with the cluster. */
  async cutOff(): Promise<void> {
    const late = setTimeout(() => this.#child.kill("SIGKILL"), 10_000);
    await this.#closed;
    clearTimeout(late);
  }
}
