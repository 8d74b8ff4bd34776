// An app whose worker and task stand still while its schema changes, and a migration that takes its time.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";

/** What the test tells the program. */
export interface Knobs {
  /** A word in the processes' variables: another one is another release, and another migration. */
  release: string;
  /** How the migration ends, after how many seconds. */
  migration: "passes" | "fails";
  seconds: number;
  /** Seconds that the worker takes to finish what it has in hand. */
  inHand: number;
  pauseSeconds: number;
}

const { release, migration, seconds, inHand, pauseSeconds } = new pulumi.Config("pause").requireObject<Knobs>("knobs");
const images = new pulumi.Config("avnir").requireObject<{ node: string }>("images");
const environment = new palier.Environment("avnir");

const run = (program: string) => ["node", "-e", program];

const serve = "require('http').createServer((_, answer) => answer.end(process.env.RELEASE)).listen(process.env.PORT)";

const work = `process.on("SIGTERM", () => setTimeout(() => { console.log("finished"); process.exit(0); }, ${inHand} * 1000));
setInterval(() => {}, 1000);`;

const migrate = `setTimeout(() => {
  if (${migration === "fails"}) { console.error("the schema can't be changed"); process.exit(3); }
}, ${seconds} * 1000);`;

new palier.App("api", {
  environment,
  image: images.node,
  command: run(serve),
  health: { live: "/", ready: "/" },
  variables: { RELEASE: release },
  workers: { mail: { command: run(work) } },
  tasks: { tick: { command: run("console.log('ticked')"), schedule: "* * * * *" } },
  migrate: { command: run(migrate), rollback: "restore", pause: ["mail", "tick"], pauseSeconds },
});
