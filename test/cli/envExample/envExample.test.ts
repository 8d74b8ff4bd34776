import { deepEqual, doesNotMatch, equal, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { envExample } from "../../../cli/envExample/envExample.ts";
import { images } from "../../avnir.ts";
import { printed } from "../printed.ts";

const folder = join(import.meta.dirname, "../../render/projects/explained");
const avnir = Object.entries(images).flatMap(([name, image]) => ["--set", `avnir:images.${name}=${image}`]);

describe("palier env-example", () => {
  it("names what AVNIR's api is given: variables, secrets with how they come to be, links [DP-33]", async () => {
    const text = await printed(() => envExample(avnir));
    equal(
      text,
      `# What api is given. Made by palier env-example: no secret's value is in it.

# Variables, as in dev
CORS_ALLOW_ORIGINS=http://localhost:3000
ENVIRONMENT=dev
FEATURE_FLAGS_FILE=/etc/palier/flags/flags.json
FLAGD_OFFLINE_FLAG_SOURCE_PATH=/etc/palier/flags/flagd.json
FLAGD_RESOLVER=in-process
LOG_LEVEL=debug
NODE_ENV=development
PORT=3000
SERVICE_NAME=api

# Secrets
# generated, 64 characters
JWT_SECRET=
# from the stack's configuration, at least 16 characters
STRIPE_SECRET_KEY=

# Links
# to db:5432
DATABASE_URL=
# to cache:6379
REDIS_URL=
`,
    );
  });

  it("shows the variables of the environment that is asked for", async () => {
    match(await printed(() => envExample(["api", "--environment", "prod", ...avnir])), /^LOG_LEVEL=info$/m);
  });

  it("says of each secret where this environment takes it, by names alone", async () => {
    const text = await printed(() => envExample(["--project", folder]));
    const kinds: Record<string, string> = {
      KEY: "generated, 32 characters",
      KEY_OVERLAP: "the value of KEY by another rotation, valid beside it",
      HELD: "from the Secret held, its key value",
      KEPT: "from the store vault, its key shop/kept",
      SEALED: "sealed in the program, at least 16 bytes",
      LEDGER_URL: "to ledger.example:443, generated, 32 characters",
    };
    for (const [name, kind] of Object.entries(kinds)) ok(text.includes(`# ${kind}\n${name}=\n`), `${name}: ${text}`);
    const production = await printed(() => envExample(["--project", folder, "--environment", "production"]));
    match(production, /^# from the stack's configuration, at least 16 characters\nHELD=$/m);
  });

  it("never shows a secret, not even one that somebody passes as a variable", async () => {
    const text = await printed(() => envExample(["--project", folder]));
    doesNotMatch(text, /stands-in/);
    deepEqual(text.match(/^(SENT|ADDRESS|TOKEN|KEY)=.*$/gm), [
      'ADDRESS="https://me:(secret)@host"',
      'SENT="(secret)"',
      "TOKEN=",
      "KEY=",
    ]);
    match(text, /^# from the stack's configuration, at least 24 characters\nTOKEN=$/m);
  });

  it("refuses an app that there is not, with those that there are", () =>
    rejects(envExample(["web", ...avnir]), /there is no app "web"; there: api\.$/));
}).timeout(60_000);
