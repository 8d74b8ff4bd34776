import { setTimeout as wait } from "node:timers/promises";
import { configuration } from "./configuration.ts";
import { contractOf, contracts } from "./contracts.ts";
import { echo } from "./echo.ts";
import { checksOf } from "./health.ts";
import { jobs } from "./jobs.ts";
import { createLog } from "./log.ts";
import { long } from "./long.ts";
import { notes } from "./notes.ts";
import { createServer, type Life } from "./server.ts";
import { closeStores, openStores } from "./stores.ts";

const log = createLog({
  LOG_LEVEL: "info",
  SERVICE_NAME: process.env["SERVICE_NAME"] ?? "api",
  ENVIRONMENT: process.env["ENVIRONMENT"] ?? "dev",
  contract: contracts[process.env["CONTRACT"] ?? ""] ?? contractOf(),
  RELEASE: process.env["RELEASE"] ?? "unknown",
});

async function main(): Promise<void> {
  const config = configuration(process.env);
  const log = createLog(config);
  await wait(config.START_DELAY_SECONDS * 1000);
  const stores = openStores(config, log);
  const life: Life = { ready: false, ending: false };
  const server = createServer(config, log, life, checksOf(stores, config.API_URL));
  notes(server, stores);
  jobs(server, stores);
  long(server);
  echo(server);
  await server.listen({ host: "0.0.0.0", port: config.PORT });
  life.ready = true;
  log.info({ metadata: { port: config.PORT, release: config.RELEASE } }, "started");
  if (config.CRASH_AFTER_SECONDS > 0) {
    setTimeout(() => fail(new Error("CRASH_AFTER_SECONDS is set")), config.CRASH_AFTER_SECONDS * 1000);
  }

  const end = async (): Promise<void> => {
    if (life.ending) return;
    life.ready = false;
    life.ending = true;
    log.info("ending: requests under way are finished first");
    setTimeout(() => process.exit(1), (config.DRAIN_SECONDS + 30) * 1000).unref();
    await wait(config.DRAIN_SECONDS * 1000);
    await server.close();
    await closeStores(stores);
    log.info("ended");
    process.exit(0);
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
main().catch(fail);

function fail(error: unknown): void {
  log.error({ metadata: { reason: error instanceof Error ? error.message : "unknown" } }, "failed");
  process.exit(1);
}
