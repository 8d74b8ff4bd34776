import { deepEqual, throws } from "node:assert/strict";
import { contractOf, contracts, type Health } from "../../stacks/application/contracts.ts";
import { environments, type SystemName, system, systemNames } from "../systems.ts";
import { secretsOf, variablesOf } from "./parts.ts";

const timestamp = "2026-11-21T14:00:00.000Z";
const database = { ok: true, milliseconds: 2 };
const good: Health = { status: "healthy", timestamp, checks: { database } };
const bad: Health = {
  status: "unhealthy",
  timestamp,
  checks: { database: { ok: false, milliseconds: 2, reason: "ECONNREFUSED" } },
};

describe("the application, in place of a system's own", () => {
  for (const contract of ["avnir", "debrouillepro", "mapquiz", "yonima"]) {
    it(`answers 200 for ${contract} when all is well and 503 when something is away, with each check [AV-53]`, () => {
      deepEqual(contractOf(contract).answer(good), { status: 200, body: good });
      deepEqual(contractOf(contract).answer(bad), { status: 503, body: bad });
    });
  }

  it("always answers 200 for MecaPy, and says in the body what is away [MP-106 C-36]", () => {
    const { answer } = contractOf("mecapy");
    deepEqual(answer(good), { status: 200, body: { status: "ok", api: "ok", database: "ok", timestamp } });
    deepEqual(answer(bad), { status: 200, body: { status: "degraded", api: "ok", database: "error", timestamp } });
  });

  it("tells which contracts there are, where one is not", () => {
    throws(() => contractOf("nobody"), /CONTRACT is "nobody"; there are: avnir, .*yonima/);
  });

  const processes: [SystemName, string][] = [...systemNames.map((name) => [name, "api"] as [SystemName, string])];
  for (const [name, app] of [...processes, ["mecapy", "frontend"] as const, ["yonima", "api-queue"] as const]) {
    it(`is given by ${name} all that the contract of its ${app} needs, in each environment [MQ-59 C-59 C-60]`, async () => {
      for (const stack of environments) {
        const resources = await system(name, stack);
        const variables = variablesOf(resources, app);
        const { needs } = contracts[variables["CONTRACT"] ?? "avnir"]!;
        const given = [...Object.keys(variables), ...secretsOf(resources, app)];
        deepEqual(
          needs.filter((need) => !given.includes(need)),
          [],
        );
      }
    });
  }
}).timeout(60_000);
