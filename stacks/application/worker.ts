import { writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { configuration } from "./configuration.ts";
import { lists } from "./jobs.ts";
import { createLog } from "./log.ts";
import { insertNote } from "./notes.ts";
import { closeStores, openStores, type Stores } from "./stores.ts";

/** Touched as long as it works: no server is needed to ask it. */
const alive = "/tmp/alive";

async function main(): Promise<void> {
  const config = configuration(process.env);
  const log = createLog(config);
  const stores = openStores(config, log);
  let ending = false;
  const end = () => {
    ending = true;
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  log.info("waiting for work");
  while (!ending) {
    await writeFile(alive, "");
    await work(stores, log).catch(async (error: Error) => {
      log.warn({ metadata: { reason: error.name } }, "a server behind this worker is away");
      await wait(1_000);
    });
  }
  await closeStores(stores);
  log.info("ended: what was begun is done");
}

/** One job, if one comes within two seconds. It leaves the list of what was taken once it is done. */
async function work({ database, redis }: Stores, log: Logger): Promise<void> {
  const job = await redis!.blMove(lists.waiting, lists.taken, "RIGHT", "LEFT", 2);
  if (job === null) return;
  await database!.query(insertNote, [job]);
  await redis!.lRem(lists.taken, 1, job);
  log.info("a job is done");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : "failed");
  process.exit(1);
});
