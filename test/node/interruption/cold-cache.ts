import { mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../../local/bootstrap.mjs";
import type { Machine } from "../machine.ts";

/** The user's cache without the engine, and no compiled Go package: the next start builds it from its modules. */
export class ColdCache {
  readonly #bin: string;
  readonly env: NodeJS.ProcessEnv;

  constructor(machine: Machine) {
    const folder = join(machine.home, "cold");
    this.#bin = join(folder, "cache", "bin");
    this.env = { PALIER_CACHE: join(folder, "cache"), GOCACHE: join(folder, "go") };
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(this.#bin, { recursive: true });
    const whole = cacheFolder(process.env);
    const link = (...path: string[]) => symlinkSync(join(whole, ...path), join(folder, "cache", ...path));
    for (const name of readdirSync(whole)) if (name !== "bin") link(name);
    for (const name of readdirSync(join(whole, "bin"))) if (!name.startsWith("pulumi-")) link("bin", name);
  }

  /** What there is of the engine by now, whole or not. */
  engines(): string[] {
    return readdirSync(this.#bin)
      .filter((name) => name.startsWith("pulumi-"))
      .map((name) => join(this.#bin, name));
  }
}
