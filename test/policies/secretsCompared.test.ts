import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { SecretRecords } from "../../core/records/secretRecords.ts";
import { noSharedSecrets } from "../../core/rules/secrets/noSharedSecrets.ts";
import { temporaryFolder } from "../temporary.ts";
import { object } from "./manifests.ts";
import { secret, unknown, wholePreview } from "./preview.ts";

const root = { type: "pulumi:pulumi:Stack", name: "avnir-production", props: {} };
const value = "correct horse battery staple";
const holding = (password: unknown) => object("core/v1:Secret", { metadata: { name: "db" }, stringData: { password } });

describe("secrets of several environments", () => {
  const told = async (...resources: Parameters<typeof wholePreview>[1]) =>
    (await wholePreview("production", resources, [noSharedSecrets])).map(({ policy, level, message }) => ({
      policy,
      level,
      message,
    }));
  let records: string;
  beforeEach(() => {
    records = temporaryFolder("records");
    pulumi.runtime.setAllConfig({ "palier:records": records });
  });
  afterEach(() => pulumi.runtime.setAllConfig({}));
  function recorded(environment: string): void {
    const dev = new SecretRecords(records, "avnir", environment);
    dev.sharedBy("db/password", value);
    dev.write();
  }

  it("are refused where they are the same, and never shown [AV-09 AV-36 DP-16 P-04]", async () => {
    recorded("dev");
    recorded("staging");
    const [found, ...others] = await told(root, holding(secret(value)));
    deepEqual([found?.policy, found?.level, others], ["no-shared-secrets", "mandatory", []]);
    match(found!.message, /stringData\.password is the value of db\/password in dev/);
    ok(!found!.message.includes("horse"));
  });

  it("are not decided while they are not known [P-04]", async () => {
    recorded("dev");
    recorded("staging");
    const [found] = await told(root, holding(unknown));
    deepEqual([found?.policy, found?.level], ["decided-at-up", "advisory"]);
  });

  it("are said to be not compared where nothing is on record [P-04]", async () => {
    recorded("dev");
    const [found] = await told(root);
    equal(found?.policy, "secrets-compared");
    match(found!.message, /Not compared with staging: nothing is on record of it/);
    pulumi.runtime.setAllConfig({});
    match((await told(root))[0]!.message, /palier:records, the folder of records, is not set/);
    pulumi.runtime.setAllConfig({ "palier:records": join(records, "nowhere") });
    match((await told(root))[0]!.message, /Not compared with dev and staging/);
  });
});
