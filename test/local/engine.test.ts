import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import type { Clone } from "../../local/clone.ts";
import { publishedSum, takeRelease } from "../../local/download.ts";
import { engineVersion, fits, inspectEngine } from "../../local/engine.ts";
import { whatIs, writeLauncher } from "../../local/launcher.ts";
import { packageVersion } from "../../local/plugins/version.ts";
import { inspectPlugins, preparePlugins } from "../../local/plugins.ts";
import { temporaryFolder } from "../temporary.ts";

const root = resolve(import.meta.dirname, "../..");

function program(file: string, text: string): void {
  mkdirSync(resolve(file, ".."), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}

describe("engine and plugins", () => {
  let folder: string;
  let clone: Clone;
  const said: string[] = [];
  const step = { say: (line: string) => said.push(line), progress: () => {} };
  const { PATH, PULUMI_HOME } = process.env;

  beforeEach(() => {
    folder = temporaryFolder("engine");
    const ports = { api: 1, registry: 2, nodePortFirst: 3 };
    clone = { root, id: "00000000", home: join(folder, "home"), cache: join(folder, "cache"), ports };
    process.env["PULUMI_HOME"] = join(folder, "user");
    said.length = 0;
  });

  afterEach(() => {
    process.env["PATH"] = PATH;
    if (PULUMI_HOME === undefined) delete process.env["PULUMI_HOME"];
    else process.env["PULUMI_HOME"] = PULUMI_HOME;
    rmSync(folder, { recursive: true });
  });

  it("takes an engine of the SDK's version or a newer one, and no other", () => {
    assert.equal(engineVersion, packageVersion("@pulumi/pulumi"));
    assert.ok(fits("3.255.0", "3.255.0") && fits("3.256.0", "3.255.1") && fits("3.255.2+dirty", "3.255.1"));
    assert.ok(!fits("3.254.9", "3.255.0") && !fits("4.0.0", "3.255.0") && !fits("3.255.0", "3.255.1"));
  });

  it("finds an engine on the PATH, and passes over one beside a stand-in and one that is too old", async () => {
    program(join(folder, "old", "pulumi"), "echo v3.1.0");
    program(join(folder, "other", "pulumi"), `echo v${engineVersion}`);
    await writeLauncher(join(folder, "other", "pulumi-language-nodejs"), "x", "main.ts", folder);
    process.env["PATH"] = [join(folder, "old"), join(folder, "other")].join(":");
    const [missing] = await inspectEngine(clone);
    assert.match(missing?.remedy ?? "", /npm start/);
    program(join(folder, "good", "pulumi"), "echo v3.999.0");
    process.env["PATH"] += `:${join(folder, "good")}`;
    const [found] = await inspectEngine(clone);
    assert.deepEqual([found?.version, found?.origin, found?.official], ["3.999.0", "path", true]);
  });

  it("uses official plugins where they are, and writes nothing beside somebody else's engine", async () => {
    const version = packageVersion("@pulumi/random");
    const official = join(clone.home, "pulumi/plugins", `resource-random-v${version}`, "pulumi-resource-random");
    program(official, "official");
    const users = join(folder, "user/plugins", `resource-tls-v${packageVersion("@pulumi/tls")}`);
    program(join(users, "pulumi-resource-tls"), "official");
    for (const name of ["kubernetes", "docker"]) {
      const file = `resource-${name}-v${packageVersion(`@pulumi/${name}`)}/pulumi-resource-${name}`;
      await writeLauncher(join(clone.home, "pulumi/plugins", file), "x", "main.ts", folder);
    }
    program(join(folder, "bin/pulumi"), `echo v${engineVersion}`);
    process.env["PATH"] = join(folder, "bin");
    const parts = await preparePlugins(step, clone, join(folder, "bin/pulumi"));
    const kinds = Object.fromEntries(parts.map((part) => [part.name, part.official]));
    assert.equal(kinds["plugin random"], true);
    assert.equal(kinds["plugin tls"], true);
    assert.equal(kinds["plugin kubernetes"], false);
    assert.equal(kinds["language host nodejs"], false);
    assert.match(readFileSync(official, "utf8"), /official/);
    assert.deepEqual(readdirSync(join(folder, "bin")), ["pulumi"]);
    assert.deepEqual(await inspectPlugins(clone), parts);
  });

  it("marks a launcher, and starts the file it is for", async () => {
    const file = join(folder, "it's", "launcher");
    writeFileSync(join(folder, "main.ts"), "const given: string[] = process.argv.slice(2); console.log(given.join());");
    await writeLauncher(file, "pulumi-resource-x 1.0.0", join(folder, "main.ts"), join(folder, "it's"));
    assert.equal(await whatIs(file), "launcher");
    assert.equal(await whatIs(process.execPath), "program");
    assert.equal(await whatIs(join(folder, "none")), undefined);
    assert.equal(execFileSync(file, ["a b", "c"], { encoding: "utf8" }), "a b,c\n");
    assert.ok(existsSync(join(folder, "it's", "compile")));
  });

  it("takes a release only with the checksum that is published", async () => {
    writeFileSync(join(folder, "tool"), "content");
    execFileSync("tar", ["-czf", join(folder, "tool.tar.gz"), "-C", folder, "tool"]);
    const archive = readFileSync(join(folder, "tool.tar.gz"));
    const sum = createHash("sha256").update(archive).digest("hex");
    const files: Record<string, string | Buffer> = {
      "/tool.tar.gz": archive,
      "/good": `${"0".repeat(64)}  other\n${sum}  tool.tar.gz\n`,
      "/bad": `${"0".repeat(64)}  tool.tar.gz\n`,
    };
    const server = createServer((request, response) => {
      const file = files[request.url ?? ""];
      response.writeHead(file ? 200 : 404).end(file);
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const take = (checksums: string) =>
      takeRelease(step, { url, archive: "tool.tar.gz", checksums }, join(folder, "got"));
    assert.equal(await take("bad"), false);
    assert.equal(await take("none"), false);
    assert.ok(!existsSync(join(folder, "got")));
    assert.match(said.join("\n"), /its checksum is .*published is 000.*\n.*answers 404/s);
    assert.equal(await take("good"), true);
    assert.equal(readFileSync(join(folder, "got", "tool"), "utf8"), "content");
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    said.length = 0;
    // Nobody listens there any more: said once, and not asked again.
    assert.equal(await take("good"), false);
    assert.equal(await take("good"), false);
    assert.equal(said.length, 1);
    assert.throws(() => publishedSum("", "x"), /no checksum is published for x/);
  });
});
