#!/usr/bin/env node
import { UsageError } from "./usage.ts";

const usage = `palier policy check [FILE…]     judges manifests, a stack's state, or a live namespace by the rules
palier policy preview STACK…    previews stacks with the pack, without their state and without a cluster
palier explain [COMPONENT]      prints every value that counts, where it is from, what guards it, in each environment
palier cost                     prints what each environment asks of a cluster, in money too, and how much more than before
palier picture                  prints one HTML page of a project: components, who reaches what, sizes, rules, differences
palier env-example [APP]        prints an app's .env.example: variables, secrets by name, links
palier render STACK             prints what a stack declares as YAML, without an engine or a cluster
palier image build CONTEXT      builds an image, pushes it by its content, scans it, prints its reference with digest
palier release record IMAGE     writes down what is known of an image, for the rules about releases

See palier <command> --help.`;

const commands: Record<string, () => Promise<(argv: string[]) => Promise<number>>> = {
  "policy check": async () => (await import("./policyCheck.ts")).policyCheck,
  "policy preview": async () => (await import("./preview/policyPreview.ts")).policyPreview,
  explain: async () => (await import("./explain/explain.ts")).explain,
  cost: async () => (await import("./cost/cost.ts")).cost,
  picture: async () => (await import("./picture/picture.ts")).picture,
  "env-example": async () => (await import("./envExample/envExample.ts")).envExample,
  render: async () => (await import("./render.ts")).renderStack,
  "image build": async () => (await import("./image/imageBuild.ts")).imageBuild,
  "release record": async () => (await import("./releaseRecord.ts")).releaseRecord,
};

try {
  const words = process.argv.slice(2);
  const [noun, verb] = words;
  const name = [`${noun} ${verb}`, `${noun}`].find((one) => Object.hasOwn(commands, one));
  if (name) process.exitCode = await (await commands[name]!())(words.slice(name.split(" ").length));
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
