import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { alone, missingDependency, runsTypeScript } from "../../local/bootstrap.mjs";
import { temporaryFolder } from "../temporary.ts";

const script = join(import.meta.dirname, "..", "..", "local", "bootstrap.mjs");

describe("the bootstrap", () => {
  it("knows which Node runs TypeScript as it is", () => {
    const fits = ["v22.18.0", "23.6.1", "24.0.0", "26.1.0"];
    const old = ["20.20.2", "22.17.1", "23.5.0", "18.0.0", ""];
    assert.deepEqual(
      fits.map(runsTypeScript),
      fits.map(() => true),
    );
    assert.deepEqual(
      old.map(runsTypeScript),
      old.map(() => false),
    );
  });

  it("needs nothing but Node itself", async () => {
    const imports = [...(await readFile(script, "utf8")).matchAll(/from "([^"]+)"/g)].map((match) => match[1]!);
    assert.deepEqual(
      imports.filter((name) => !name.startsWith("node:")),
      [],
    );
  });

  it("names the commands when it is given another", () => {
    const run = spawnSync(process.execPath, [script, "begin"], { encoding: "utf8" });
    assert.equal(run.status, 1);
    assert.equal(run.stdout, "");
    assert.match(
      run.stderr,
      /No command "begin": one of artefacts, cache, clean, cost, docs, doctor, env-example, env, explain, mend, picture, policy-agreement, policy-speed, proof, render, start, stop, test\./,
    );
  });

  it("lets one command at a time work on node_modules, also after one that was killed", async () => {
    const lock = join(temporaryFolder("lock"), "npm.lock");
    const script = `import { alone } from "${import.meta.resolve("../../local/bootstrap.mjs")}";
      await alone("${lock}", () => { console.log("held"); return new Promise(() => setInterval(() => {}, 1000)); });`;
    const killed = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(killed.stdout, "data");
    const order: string[] = [];
    const waiting = alone(lock, async () => order.push("second"));
    await new Promise((done) => setTimeout(done, 300));
    order.push("killed");
    killed.kill("SIGKILL");
    await waiting;
    assert.deepEqual(order, ["killed", "second"]);
  });

  describe("compares node_modules with package-lock.json", () => {
    let folder: string;
    beforeEach(async () => {
      folder = temporaryFolder("npm");
      await mkdir(join(folder, "node_modules"));
      await writeFile(
        join(folder, "package-lock.json"),
        JSON.stringify({
          packages: {
            "": { version: "0.1.0" },
            local: { version: "0.1.0" },
            "node_modules/zod": { version: "4.0.0" },
            "node_modules/other-os": { version: "1.0.0", optional: true },
          },
        }),
      );
    });
    const install = (packages: object) =>
      writeFile(join(folder, "node_modules", ".package-lock.json"), JSON.stringify({ packages }));

    it("names what is missing", () => assert.equal(missingDependency(folder), "node_modules/zod"));

    it("names what has another version", async () => {
      await install({ "node_modules/zod": { version: "3.0.0" } });
      assert.equal(missingDependency(folder), "node_modules/zod");
    });

    it("is content without what only other machines need", async () => {
      await install({ "node_modules/zod": { version: "4.0.0" } });
      assert.equal(missingDependency(folder), undefined);
    });
  });
});
