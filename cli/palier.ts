#!/usr/bin/env node
import { policyCheck } from "./policyCheck.ts";
import { UsageError } from "./usage.ts";

const usage = `palier policy check [FILE…]      judges manifests, a stack's state, or a live namespace by the rules

See palier policy check --help.`;

try {
  const [noun, verb, ...rest] = process.argv.slice(2);
  if (noun === "policy" && verb === "check") process.exitCode = await policyCheck(rest);
  else if (noun === undefined || noun === "--help" || noun === "help") console.log(usage);
  else throw new UsageError(`there is no command "${[noun, verb].filter(Boolean).join(" ")}".`);
} catch (error) {
  console.error(
    error instanceof UsageError
      ? `palier: ${error.message}`
      : `palier: ${(error as Error).name}: ${(error as Error).message}`,
  );
  process.exitCode = 2;
}
