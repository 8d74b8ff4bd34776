import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SecretRecords } from "../../../core/records/secretRecords.ts";
import { temporaryFolder } from "../../temporary.ts";

const value = "correct horse battery staple";

describe("the records of secrets", () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder("secrets");
  });
  const environment = (name: string) => new SecretRecords(folder, "shop", name);
  const file = (name: string) => join(folder, "shop/secrets", `${name}.json`);
  function recorded(name: string, secrets: Record<string, string>): void {
    const records = environment(name);
    for (const [key, secret] of Object.entries(secrets)) records.sharedBy(key, secret);
    records.write();
  }

  it("find the same value in another environment, under another key too [AV-09 DP-16 P-04]", () => {
    recorded("dev", { "db/password": value });
    deepEqual(environment("production").sharedBy("api/TOKEN", value), [{ environment: "dev", name: "db/password" }]);
    deepEqual(environment("production").sharedBy("api/TOKEN", `${value}.`), []);
    deepEqual(environment("production").compared, ["dev"]);
  });

  it("hold nothing against the environment itself", () => {
    recorded("dev", { "db/password": value });
    deepEqual(environment("dev").sharedBy("api/TOKEN", value), []);
  });

  it("forget what an environment no longer has", () => {
    recorded("dev", { "db/password": value });
    recorded("dev", { "db/password": "another one of sixteen" });
    deepEqual(environment("production").sharedBy("db/password", value), []);
  });

  it("hold neither a value, nor part of one, nor a plain hash of it, nor anything of a short one", () => {
    recorded("dev", { "db/password": value, "db/pin": "123456789012345" });
    const text = readFileSync(file("dev"), "utf8");
    for (const word of value.split(" ")) ok(!text.includes(word));
    ok(!text.includes("db/pin"));
    match(text, /"db\/password": "[A-Za-z0-9+/]{43}="/);
  });

  it("have one salt for all environments of a system, and another for another system", () => {
    recorded("dev", { a: value });
    recorded("staging", { a: `${value}!` });
    const other = new SecretRecords(folder, "mail", "dev");
    other.sharedBy("a", value);
    other.write();
    const salt = (path: string) => JSON.parse(readFileSync(path, "utf8")).salt;
    equal(salt(file("dev")), salt(file("staging")));
    ok(salt(file("dev")) !== salt(join(folder, "mail/secrets/dev.json")));
  });

  it("say what can't be compared: a damaged record, and one with a salt of its own", () => {
    recorded("dev", { a: value });
    recorded("staging", { a: `${value}!` });
    writeFileSync(file("dev"), "{}");
    const { problems, compared } = environment("production");
    deepEqual(compared, ["staging"]);
    match(problems.join(), /dev\.json is no record of secrets/);
    recorded("dev", { a: value });
    const foreign = JSON.parse(readFileSync(file("staging"), "utf8"));
    writeFileSync(file("staging"), JSON.stringify({ ...foreign, salt: "AAAAAAAAAAAAAAAAAAAAAA==" }));
    match(environment("production").problems.join(), /staging\.json has a salt of its own/);
  });
});
