import { deviate } from "./deviation.ts";
import { prohibitions } from "./index.ts";

/** AVNIR, but for what the environment names: `R-09 refused`. */
const [demand, side] = (process.env["PALIER_PROHIBITION"] ?? "").split(" ");
deviate(prohibitions.find((one) => one.demand === demand)![side as "refused" | "passes"]);
await import("../../../stacks/avnir/index.ts");
