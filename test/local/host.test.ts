import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { credentials } from "@grpc/grpc-js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import grpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import { EngineLog } from "../../local/grpc/engine-log.ts";
import { toStruct } from "../../local/grpc/marshal.ts";
import { type Listening, listen } from "../../local/grpc/serve.ts";
import { Children } from "../../local/host/children.ts";
import { installedDependencies } from "../../local/host/dependencies.ts";
import { readOptions } from "../../local/host/options.ts";
import { packageManagerOf } from "../../local/host/package-manager.ts";
import { stackEnvironment } from "../../local/host/policy-proxy.ts";
import { programCommand } from "../../local/host/program.ts";
import { languageService } from "../../local/host/service.ts";
import { temporaryFolder } from "../temporary.ts";

describe("language host stand-in", () => {
  let folder: string;
  let served: Listening;
  let client: grpc.LanguageRuntimeClient;
  const children = new Children();

  before(async () => {
    folder = temporaryFolder("host");
    served = await listen(grpc.LanguageRuntimeService, languageService(children, "127.0.0.1:1", new EngineLog()));
    client = new grpc.LanguageRuntimeClient(`127.0.0.1:${served.port}`, credentials.createInsecure());
  });

  after(() => {
    client.close();
    served.stop();
    rmSync(folder, { recursive: true });
  });

  /** A project whose "SDK" is this script. */
  function request(script: string, options = {}): language.RunRequest {
    const directory = mkdtempSync(join(folder, "project-"));
    for (const command of ["run", "run-plugin"]) {
      mkdirSync(join(directory, "node_modules/@pulumi/pulumi/cmd", command), { recursive: true });
      writeFileSync(join(directory, "node_modules/@pulumi/pulumi/cmd", command, "index.js"), script);
    }
    const info = new language.ProgramInfo()
      .setRootDirectory("/root-directory")
      .setProgramDirectory(directory)
      .setEntryPoint("index.ts")
      .setOptions(toStruct({ typescript: false, ...options }));
    const made = new language.RunRequest().setInfo(info).setProject("p").setStack("s").setOrganization("organization");
    made.setMonitorAddress("127.0.0.1:2").setParallel(4).setDryrun(true).setConfigsecretkeysList(["p:key"]);
    made.getConfigMap().set("p:key", "value").set("p:config:long", "other");
    return made;
  }

  function run(request: language.RunRequest): Promise<language.RunResponse> {
    return new Promise((done, fail) =>
      client.run(request, (error, response) => (error ? fail(error) : done(response))),
    );
  }

  it("starts a program as the official host does", () => {
    const asked = request("", { nodeargs: "--max-old-space-size=4096 --title 'a b'" });
    const directory = asked.getInfo()!.getProgramDirectory();
    const { command, args, env } = programCommand(asked, "127.0.0.1:1");
    assert.equal(command, process.execPath);
    assert.deepEqual(args.slice(0, 3), ["--max-old-space-size=4096", "--title", "a b"]);
    assert.equal(args[3], join(directory, "node_modules/@pulumi/pulumi/cmd/run/index.js"));
    assert.deepEqual(
      args.slice(4).join(" "),
      [
        "--monitor 127.0.0.1:2 --engine 127.0.0.1:1 --organization organization --project p",
        `--root-directory /root-directory --stack s --pwd ${directory} --parallel 4 --dry-run index.ts`,
      ].join(" "),
    );
    assert.deepEqual(JSON.parse(env["PULUMI_CONFIG"]!), { "p:config:key": "value", "p:config:long": "other" });
    assert.equal(env["PULUMI_CONFIG_SECRET_KEYS"], '["p:key"]');
    assert.equal(env["PULUMI_NODEJS_TYPESCRIPT"], undefined);
    const typescript = programCommand(request("", { typescript: true, tsconfig: "t.json" }), undefined).env;
    assert.equal(typescript["PULUMI_NODEJS_TYPESCRIPT"], "true");
    assert.equal(typescript["PULUMI_NODEJS_TSCONFIG_PATH"], "t.json");
  });

  it("reads the runtime's options, and names a wrong one", () => {
    const info = (options: object) => new language.ProgramInfo().setOptions(toStruct({ ...options }));
    assert.equal(readOptions(undefined).typescript, true);
    assert.equal(readOptions(info({ typescript: "false" })).typescript, false);
    assert.throws(
      () => readOptions(info({ typescript: "maybe" })),
      /runtime\.options\.typescript is "maybe"; allowed: true, false/,
    );
  });

  it("takes the package manager that the project names, or whose lock file it holds", () => {
    const directory = mkdtempSync(join(folder, "managed-"));
    const manager = (options: object) =>
      packageManagerOf(readOptions(new language.ProgramInfo().setOptions(toStruct({ ...options }))), directory);
    assert.equal(manager({}), "npm");
    writeFileSync(join(directory, "pnpm-lock.yaml"), "");
    assert.deepEqual([manager({}), manager({ packagemanager: "auto" })], ["pnpm", "pnpm"]);
    assert.equal(manager({ packagemanager: "yarn" }), "yarn");
    assert.throws(() => manager({ packagemanager: "rpm" }), /packagemanager is "rpm"; allowed: auto, npm, yarn/);
  });

  it("installs dependencies, and leaves out those of development for a plugin or where told so", async () => {
    const tools = mkdtempSync(join(folder, "tools-"));
    writeFileSync(join(tools, "npm"), '#!/bin/sh\necho "in $PWD: npm $*"\n', { mode: 0o755 });
    const path = process.env["PATH"];
    process.env["PATH"] = `${tools}:${path}`;
    const installed = async (plugin: boolean, options: object) => {
      const info = new language.ProgramInfo().setProgramDirectory(tools).setOptions(toStruct({ ...options }));
      const asked = new language.InstallDependenciesRequest().setInfo(info).setIsPlugin(plugin);
      let output = "";
      for await (const response of client.installDependencies(asked)) output += Buffer.from(response.getStdout_asU8());
      return /in (.*): (npm .*)/.exec(output)?.slice(1);
    };
    try {
      assert.deepEqual(await installed(false, {}), [tools, "npm install"]);
      assert.deepEqual(await installed(true, {}), [tools, "npm install --production"]);
      assert.deepEqual(await installed(false, { production: true }), [tools, "npm install --production"]);
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("tells success, a reported failure and another failure apart", async () => {
    const outcome = async (script: string) => (await run(request(script))).toObject();
    assert.deepEqual(await outcome("process.exit(0)"), { error: "", bail: false });
    assert.deepEqual(await outcome("process.exit(32)"), { error: "", bail: true });
    assert.deepEqual(await outcome("process.exit(3)"), {
      error: "Program exited with non-zero exit code: 3",
      bail: false,
    });
    const none = new language.RunRequest().setInfo(new language.ProgramInfo().setProgramDirectory(folder));
    assert.match((await run(none)).getError(), /Cannot find module '@pulumi\/pulumi\/cmd\/run'.*npm install/);
  });

  it("interrupts the program when the engine breaks off the call", async () => {
    const ready = join(folder, "ready");
    const told = join(folder, "told");
    const script = `const fs = require("fs");
      process.on("SIGINT", () => { fs.writeFileSync(${JSON.stringify(told)}, "SIGINT"); process.exit(1); });
      fs.writeFileSync(${JSON.stringify(ready)}, ""); setInterval(() => {}, 1000);`;
    const call = client.run(request(script), () => {});
    while (!existsSync(ready)) await sleep(20);
    call.cancel();
    while (!existsSync(told)) await sleep(20);
    assert.equal(readFileSync(told, "utf8"), "SIGINT");
  });

  it("runs a plugin, passes its output on, and fails as it fails", async () => {
    const info = (script: string) => request(script).getInfo();
    const plugin = async (script: string) => {
      const call = client.runPlugin(
        new language.RunPluginRequest()
          .setInfo(info(script))
          .setPwd(folder)
          .setKind("resource")
          .setArgsList(["a"])
          .setEnvList(["X=y=z"]),
      );
      let output = "";
      for await (const response of call) output += Buffer.from(response.getStdout_asU8());
      return output;
    };
    assert.equal(
      await plugin("console.log(process.argv.at(-1), process.env.X, Object.keys(process.env).includes('HOME'))"),
      "a y=z false\n",
    );
    await assert.rejects(plugin("process.exit(4)"), /non-zero exit code: 4/);
  });

  it("tells a pack its stack by the environment", () => {
    const stack = new analyzer.AnalyzerStackConfigureRequest().setStack("s").setProject("p").setOrganization("o");
    stack.setDryRun(true).getConfigMap().set("p:key", "value");
    assert.deepEqual(stackEnvironment(stack), {
      PULUMI_NODEJS_ORGANIZATION: "o",
      PULUMI_NODEJS_PROJECT: "p",
      PULUMI_NODEJS_STACK: "s",
      PULUMI_NODEJS_DRY_RUN: "true",
      PULUMI_CONFIG: '{"p:key":"value"}',
    });
  });

  it("lists what a program depends on", async () => {
    const direct = await installedDependencies(join(import.meta.dirname, "../.."), false);
    assert.ok(direct.some(({ name, version }) => name === "@pulumi/pulumi" && /^3\./.test(version)));
    const all = await installedDependencies(join(import.meta.dirname, "../.."), true);
    assert.ok(all.length > direct.length && all.some(({ name }) => name === "@grpc/grpc-js"));
  });
});
