import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { command } from "../command.ts";

const program = join(import.meta.dirname, "../../bench/policies.ts");

await command(async (argv) => spawnSync(process.execPath, [program, ...argv], { stdio: "inherit" }).status ?? 1);
