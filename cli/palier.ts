#!/usr/bin/env node
import { UsageError } from "./usage.ts";

const usage = `palier policy check [FILE…]     judges manifests, a stack's state, or a live namespace by the rules
palier policy preview STACK…    previews stacks with the pack, without their state and without a cluster
palier explain [COMPONENT]      prints every value that counts, where it is from, what guards it, in each environment
palier cost                     prints what each environment asks of a cluster, in money too, and how much more than before
palier picture                  prints one HTML page of a project: components, who reaches what, sizes, rules, differences
palier env-example [APP]        prints an app's .env.example: variables, secrets by name, links
palier artefacts                writes what stands beside the cluster: runbooks, what to watch, DNS, vercel.json, eas.json, compose
palier render STACK             prints what a stack declares as YAML, without an engine or a cluster
palier verify ENVIRONMENT       checks an environment from outside, and writes what it found into the release record
palier promote FROM TO          moves what an environment runs and has verified to the next, through its gate
palier pipeline                 makes the workflow that tests, builds once, releases and goes back
palier record add IMAGE         writes down what is known of an image, for the rules about releases
palier record sign|verify|show  signs a release record, says whether it can be relied on, prints it
palier status STACK             says which release of each app serves, since when, and what is in flight
palier rollback STACK           brings a release back that was found good
palier review up|down NUMBER    makes an environment for a pull request from the template, with an end; takes it away
palier review list|sweep        lists them, and takes away those whose time is over
palier drill rollback STACK     rehearses the way back and forth again in staging, and measures it
palier drill restore STACK      runs the drills of its backups at once, and says what would be lost and what a restore takes
palier image build CONTEXT      builds an image, pushes it by its content, scans it, prints its reference with digest

See palier <command> --help.`;

const commands: Record<string, () => Promise<(argv: string[]) => Promise<number>>> = {
  "policy check": async () => (await import("./policyCheck.ts")).policyCheck,
  "policy preview": async () => (await import("./preview/policyPreview.ts")).policyPreview,
  explain: async () => (await import("./explain/explain.ts")).explain,
  cost: async () => (await import("./cost/cost.ts")).cost,
  picture: async () => (await import("./picture/picture.ts")).picture,
  "env-example": async () => (await import("./envExample/envExample.ts")).envExample,
  artefacts: async () => (await import("./artefacts/artefacts.ts")).artefacts,
  render: async () => (await import("./render.ts")).renderStack,
  verify: async () => (await import("./verify/verify.ts")).verify,
  promote: async () => (await import("./promote/promote.ts")).promote,
  pipeline: async () => (await import("./pipeline/pipeline.ts")).pipeline,
  "record add": async () => (await import("./record/add.ts")).addToRecord,
  "release record": async () => (await import("./record/add.ts")).addToRecord, // what it was called before
  "record sign": async () => (await import("./record/sign.ts")).signRecord,
  "record verify": async () => (await import("./record/verify.ts")).verifyRecord,
  "record show": async () => (await import("./record/show.ts")).showRecord,
  status: async () => (await import("./releases/status.ts")).status,
  rollback: async () => (await import("./releases/rollback.ts")).rollback,
  "review up": async () => (await import("./review/up.ts")).reviewUp,
  "review down": async () => (await import("./review/down.ts")).reviewDown,
  "review list": async () => (await import("./review/list.ts")).reviewList,
  "review sweep": async () => (await import("./review/sweep.ts")).reviewSweep,
  "drill rollback": async () => (await import("./drill/rollback.ts")).drillRollback,
  "drill restore": async () => (await import("./drill/restore.ts")).drillRestore,
  "image build": async () => (await import("./image/imageBuild.ts")).imageBuild,
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
