import { deepEqual, match, rejects } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { isWhole, record } from "../proof.ts";
import { type SystemName, systemNames } from "../systems.ts";
import { Clone } from "./clone.ts";
import { describeOnNode } from "./machine.ts";

/** The short form takes the one that has most parts beside AVNIR, which `npm start`'s own test has in staging. */
const tried: readonly SystemName[] = isWhole("systems") ? systemNames : ["yonima"];

for (const name of tried) {
  describeOnNode(`${name}, alone on a node of its own`, function (machine) {
    this.timeout("9m");
    const folder = mkdtempSync(join(machine.home, "systems-"));
    const clone = new Clone(machine, join(folder, name));
    const seconds: Record<string, number> = {};
    const start = async (environment: string) => {
      const since = performance.now();
      const printed = await clone.npm("start", name, environment);
      seconds[`${environment} s`] = Math.round((performance.now() - since) / 1000);
      match(printed, new RegExp(`${name} ${environment} is up and healthy`));
    };
    const images = async (environment: string) => {
      const told = JSON.parse(await clone.pulumi({}, "stack", "output", "--json", "--stack", stackOf(environment)));
      return told.images ?? told.image;
    };
    const stackOf = (environment: string) => `organization/${name}/${environment}`;

    before(() => clone.make());
    after(async () => {
      record("Each system alone, by `npm start`, an environment beside the other", {
        system: name,
        ...seconds,
        load: loadavg()[0]!.toFixed(1),
      });
      await clone.npm("stop");
      rmSync(folder, { recursive: true, force: true });
    });

    it("comes up in dev, and production is refused while staging has proven nothing", async () => {
      await start("dev");
      await rejects(clone.npm("start", name, "production"), /production runs the digest that staging runs/);
    });

    it("comes up in staging, by dev's digests", async () => {
      await start("staging");
      deepEqual(await images("staging"), await images("dev"));
    });

    it("comes up in production, by those that staging has proven, once dev has made room for it", async () => {
      await clone.pulumi({}, "destroy", "--yes", "--skip-preview", "--stack", stackOf("dev"));
      await start("production");
      deepEqual(await images("production"), await images("staging"));
    });
  });
}
