import { ok } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "./client.ts";
import type { FailoverTrial } from "./trial.ts";
import { Writes } from "./writes.ts";

export interface Survived {
  acknowledged: number;
  confirmed: number;
  lost: { acknowledged: number; confirmed: number };
  /** From each kill until the next write was acknowledged. */
  seconds: number[];
  primaries: number;
}

/** And stay so: for a moment one that came back may be a second primary. */
async function untilWhole(trial: FailoverTrial): Promise<void> {
  const until = performance.now() + 90_000;
  for (let times = 0; times < 4; times = (await trial.whole()) ? times + 1 : 0) {
    ok(performance.now() < until, "two replicas follow one primary within 90 s");
    await sleep(500);
  }
}

/** Kills the primary so often while one client writes, and counts what is there of what was acknowledged. */
export async function killedUnderWrites(trial: FailoverTrial, password: string, kills: number): Promise<Survived> {
  await untilWhole(trial);
  const writes = new Writes(trial.port, password);
  const seconds: number[] = [];
  const primaries = new Set<string>();
  try {
    await writes.recovered();
    for (let kill = 0; kill < kills; kill++) {
      await untilWhole(trial);
      primaries.add(await trial.primary());
      // Now it is back before the others have given it up, now another takes over.
      await trial.killPrimary(kill % 3 === 1 ? 1 : 10);
      seconds.push((await writes.recovered()) / 1000);
    }
    await untilWhole(trial);
    primaries.add(await trial.primary());
  } finally {
    await writes.stop();
  }
  const client = await Client.open(trial.port, password);
  const lost = {
    acknowledged: await missing(client, writes.plain),
    confirmed: await missing(client, writes.confirmed),
  };
  client.close();
  const [acknowledged, confirmed] = [writes.plain.length, writes.confirmed.length];
  return { acknowledged, confirmed, lost, seconds, primaries: primaries.size };
}

/** How many of these keys are not there. */
export async function missing(client: Client, keys: readonly number[]): Promise<number> {
  let found = 0;
  for (let at = 0; at < keys.length; at += 500) {
    const some = keys.slice(at, at + 500).map((key) => `key:${key}`);
    found += Number((await client.ask("EXISTS", ...some)).slice(1));
  }
  return keys.length - found;
}
