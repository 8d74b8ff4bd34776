import { deepEqual } from "node:assert/strict";
import { z } from "zod";
import { configSchema, ruleSchema } from "../../policies/adapter/settings.ts";
import { release } from "../../policies/release/index.ts";
import { rules } from "../../policies/themes.ts";

describe("the schema of the configuration", () => {
  const all = [...rules, ...release];

  it("says of each rule what can be set of it, as it is checked", () => {
    const { properties } = configSchema({ rules: all, profiles: {} }) as unknown as {
      properties: Record<string, { anyOf: object[] }>;
    };
    deepEqual(Object.keys(properties), ["profile", "named", ...all.map(({ id }) => id)]);
    for (const rule of all) {
      const { $schema: _, ...checked } = z.toJSONSchema(ruleSchema(rule), { io: "input" });
      deepEqual(plain(properties[rule.id]!.anyOf[1]), plain(checked), rule.id);
    }
  });
});

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
