import type { Prohibition } from "./deviation.ts";
import { refusing, variable } from "./parts.ts";

/** What programs are told of where and how they run. */
export const configuration: readonly Prohibition[] = [
  {
    demand: "R-08",
    does: "logs at level debug",
    rule: "no-debug-in-production",
    refused: { changes: [variable("LOG_LEVEL", "debug")] },
    passes: { stack: "dev", changes: [variable("LOG_LEVEL", "debug")] },
  },
  {
    demand: "R-09",
    does: "configures every origin",
    rule: "no-open-cors",
    byComponent: true,
    refused: { config: { "avnir:cors": ["*"] } },
    passes: { stack: "dev", config: { "avnir:cors": ["*"] } },
  },
  {
    demand: "R-10",
    does: "logs the bodies of requests",
    rule: "no-sensitive-logs",
    refused: { changes: [variable("LOG_BODY", "true")], set: refusing("no-sensitive-logs") },
    passes: { changes: [variable("LOG_BODY", "false")], set: refusing("no-sensitive-logs") },
  },
  {
    demand: "R-47",
    does: "configures an origin of plain http",
    rule: "no-open-cors",
    byComponent: true,
    refused: { config: { "avnir:cors": ["http://avnir.studio"] } },
    passes: { config: { "avnir:cors": ["https://avnir.studio"] } },
  },
  {
    demand: "R-51",
    does: "tells production's browsers staging's address",
    rule: "env-isolation",
    refused: { changes: [variable("NEXT_PUBLIC_API_URL", "https://api-staging.avnir.studio")] },
    passes: { stack: "staging", changes: [variable("NEXT_PUBLIC_API_URL", "https://api-staging.avnir.studio")] },
  },
  {
    demand: "R-66",
    does: "is a stack named qa",
    rule: "the stack's name",
    byComponent: true,
    refused: { stack: "qa" },
    passes: { stack: "preprod" },
  },
];
