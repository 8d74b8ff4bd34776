// Loaded before a program: tells at its end how much memory it took at most, in MiB, in the file that BENCH_PEAK names.
import { writeFileSync } from "node:fs";

const file = process.env["BENCH_PEAK"];
if (file && process.argv[1]?.includes("/cmd/run")) {
  process.on("exit", () => writeFileSync(file, String(process.resourceUsage().maxRSS / 1024)));
}
