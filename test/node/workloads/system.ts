// An app with a worker, a task and a command after its release, whose programs say in their logs what befalls them.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";

/** What the test tells the program. */
export interface Knobs {
  /** A word in the processes' variables: another one is another release. */
  release: string;
  /** How the command after the release ends. */
  smoke: "passes" | "fails";
}

const { release, smoke } = new pulumi.Config("workloads").requireObject<Knobs>("knobs");
const images = new pulumi.Config("avnir").requireObject<{ node: string }>("images");
const environment = new palier.Environment("avnir");

const run = (program: string) => ["node", "-e", program];

const serve = "require('http').createServer((_, answer) => answer.end(process.env.RELEASE)).listen(process.env.PORT)";

/** Has work in hand whenever it is told to end, and takes three seconds to finish it. The file `hang` makes it hang. */
const work = `const { existsSync, rmSync, writeFileSync } = require("fs");
rmSync("/tmp/hang", { force: true });
const touch = () => existsSync("/tmp/hang") || writeFileSync("/tmp/alive", "");
touch();
const beat = setInterval(touch, 1000);
process.on("SIGTERM", () => setTimeout(() => { clearInterval(beat); console.log("finished"); process.exit(0); }, 3000));
console.log("working");`;

const ask = `const { SERVICE_NAME, PORT, RELEASE } = process.env;
fetch("http://" + SERVICE_NAME + ":" + PORT).then((answer) => answer.text()).then((text) => {
  console.log("saw " + text);
  if (text !== RELEASE) process.exit(1);
  ${smoke === "fails" ? 'console.error("the smoke test has found smoke"); process.exit(3);' : ""}
});`;

new palier.App("api", {
  environment,
  image: images.node,
  command: run(serve),
  health: { live: "/", ready: "/" },
  variables: { RELEASE: release },
  workers: { mail: { command: run(work), health: { heartbeat: { file: "/tmp/alive", withinSeconds: 10 } } } },
  tasks: { tick: { command: run("console.log('ticked for ' + process.env.SERVICE_NAME)"), schedule: "* * * * *" } },
  afterRelease: { smoke: { command: run(ask), deadlineSeconds: 60 } },
});
