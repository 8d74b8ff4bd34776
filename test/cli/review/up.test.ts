import { deepEqual, doesNotMatch, equal, match, notEqual } from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { reviewUp } from "../../../cli/review/up.ts";
import { ReviewTrial, template } from "./reviewTrial.ts";

const now = new Date("2026-11-23T10:00:00.000Z");
const expires = "2026-11-25T10:00:00.000Z";

describe("palier review up", function () {
  this.timeout(120_000);
  let trial: ReviewTrial;
  beforeEach(() => {
    trial = new ReviewTrial();
  });
  const up = (args: string[], env?: Record<string, string>) => trial.run(reviewUp, now, args, env);

  it("makes a stack of the template, with an end at the backend, a quota, and secrets of its own [MQ-80 MP-37]", async () => {
    const { status, stdout, stderr } = await up(["12"]);
    deepEqual([status, stderr], [0, ""]);
    equal(stdout, `pr-12 is up until ${expires}: https://pr-12.cluster.example\n`);
    deepEqual(trial.asked(), [
      "stack init pr-12 --no-select",
      `stack tag set palier:expires ${expires} --stack pr-12`,
      "stack tag set palier:review 12 --stack pr-12",
      "config set --secret shop:jwtSecret --stack pr-12",
      "up --stack pr-12 --yes --skip-preview",
      "stack tag set palier:url https://pr-12.cluster.example --stack pr-12",
    ]);
    const { config, encryptionsalt } = trial.stackFile("pr-12");
    equal(encryptionsalt, "v1:salt");
    equal(config["shop:host"], "pr-12.review.example");
    deepEqual(config["palier:review"], { number: 12, hours: 48, expires, quota: { pods: 10 } });
    match(config["shop:jwtSecret"].secure, /^sealed [\w-]{43}$/);
  });

  it("gives each its own secrets, and keeps them with each push, on another machine too; the end moves on [AV-09 YO-20]", async () => {
    await up(["12"]);
    await up(["13"]);
    const secretOf = (stack: string) => trial.stackFile(stack).config["shop:jwtSecret"].secure;
    const [own, other] = [secretOf("pr-12"), secretOf("pr-13")];
    notEqual(own, other);
    rmSync(join(trial.folder, "Pulumi.pr-12.yaml"));
    const { status } = await trial.run(reviewUp, new Date("2026-11-24T10:00:00.000Z"), ["12", "--hours", "3"]);
    equal(status, 0);
    equal(secretOf("pr-12"), own);
    equal(trial.stacks()["pr-12"]!.tags["palier:expires"], "2026-11-24T13:00:00.000Z");
    equal(trial.asked().filter((one) => one === "config set --secret shop:jwtSecret --stack pr-12").length, 1);
  });

  it("takes images and secrets of the call, never on a command line, and hands on what pulumi up is to have", async () => {
    const args = [
      "12",
      "--image",
      "api=registry.example/api:2",
      "--secret",
      "shop:STRIPE=TRIAL_KEY",
      "--",
      "--policy-pack",
      "policies",
    ];
    const { status } = await up(args, { TRIAL_KEY: "sk_test_1" });
    equal(status, 0);
    const { config } = trial.stackFile("pr-12");
    deepEqual(config["shop:images"], { api: "registry.example/api:2", postgres: "registry.example/postgres:15" });
    equal(config["shop:STRIPE"].secure, "sealed sk_test_1");
    doesNotMatch(trial.asked().join("\n"), /sk_test_1/);
    match(trial.asked().join("\n"), /^up --stack pr-12 --yes --skip-preview --policy-pack policies$/m);
  });

  it("tells the template's address, where it has one", async () => {
    trial.write("Pulumi.review.yaml", template.replace("hours: 48", "url: 'https://pr-{number}.review.example'"));
    match((await up(["12"])).stdout, /2026-11-30T10:00:00\.000Z: https:\/\/pr-12\.review\.example/);
  });

  it("only says what it would do where asked for the plan", async () => {
    const { status, stdout } = await up(["12", "--plan"]);
    equal(status, 0);
    match(stdout, /pr-12: would be made of .*Pulumi\.review\.yaml, and end 2026-11-25/);
    deepEqual(trial.asked(), []);
  });

  it("says what is left where the update fails, and when that ends", async () => {
    const { status, stderr } = await up(["12"], { STAND_IN_FAILS: "up" });
    equal(status, 1);
    match(stderr, /pr-12 is not up\. It ends 2026-11-25T10:00:00\.000Z: palier review down 12/);
    equal(trial.stacks()["pr-12"]!.tags["palier:expires"], expires);
  });

  it("leaves no stack behind that its end can't be written of", async () => {
    const { status, stderr } = await up(["12"], { STAND_IN_FAILS: "tag" });
    equal(status, 2);
    match(stderr, /pulumi stack tag: error: this backend keeps no tags/);
    deepEqual(trial.stacks(), {});
  });

  it("refuses a stack of the name that no review up made, and a file of it that is not its own", async () => {
    trial.write("state.json", JSON.stringify({ "pr-12": { tags: {}, resources: 3 } }));
    const taken = await up(["12"]);
    equal(taken.status, 2);
    match(taken.stderr, /pr-12 is there, and no palier review up made it/);
    trial.write("Pulumi.pr-13.yaml", "config: {}\n");
    match((await up(["13"])).stderr, /Pulumi\.pr-13\.yaml is there, and no stack of that name/);
    deepEqual(trial.asked(), []);
  });

  it("refuses what can't be, before anything is made", async () => {
    const review = (text: string) => template.replace("hours: 48", text);
    const cases: [string[], string | undefined, RegExp][] = [
      [[], template, /name one NUMBER/],
      [["twelve"], template, /NUMBER "twelve" is no number of a pull request/],
      [["0"], template, /NUMBER "0" is no number/],
      [["12", "13"], template, /name one NUMBER/],
      [["12", "--hours", "0"], template, /--hours "0"\. Allowed: a whole number from 1 to 8760/],
      [["12", "--hours", "9000"], template, /--hours "9000"\. Allowed/],
      [["12", "--hours", "1.5"], template, /--hours "1\.5"\. Allowed/],
      [["12", "--hours="], template, /--hours ""\. Allowed/],
      [["12", "--secret", "shop:KEY=NOT_SET_HERE"], template, /--secret shop:KEY: the environment variable/],
      [["12", "--template", "nowhere.yaml"], template, /--template "nowhere\.yaml" is not there/],
      [["12"], undefined, /Pulumi\.review\.yaml is not there: it is the stack file of which each review is made/],
      [["12"], "- a list", /Pulumi\.review\.yaml can't be read as what Pulumi writes/],
      [
        ["12"],
        "config: { 'shop:key': { secure: v1:abc } }",
        /config: shop:key: secure is of a secret, which no review shares/,
      ],
      [["12"], "encryptionsalt: v1:abc", /encryptionsalt is of a secret/],
      [["12"], "environment: [prod]", /Pulumi\.review\.yaml: Unrecognized key: "environment"/],
      [["12"], review("hours: 0"), /palier:review: hours: .*>=1/],
      [["12"], review("hour: 3"), /palier:review: Unrecognized key: "hour"/],
      [["12"], review("url: here"), /palier:review: url: Invalid URL/],
      [["12"], template.replace('"shop:jwtSecret"', '"jwt"'), /palier:review: secrets\[0\]: the whole key of a secret/],
    ];
    for (const [args, text, says] of cases) {
      if (text === undefined) rmSync(join(trial.folder, "Pulumi.review.yaml"));
      else trial.write("Pulumi.review.yaml", text);
      const { status, stderr } = await up(args);
      equal(status, 2, stderr);
      match(stderr, says);
    }
    deepEqual(trial.asked(), []);
  });
});
