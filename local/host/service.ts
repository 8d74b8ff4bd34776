import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { ServerWritableStream, UntypedServiceImplementation } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { EngineLog } from "../grpc/engine-log.ts";
import { toServiceError } from "../grpc/failure.ts";
import { refuseCalls } from "../grpc/refuse-calls.ts";
import { unary } from "../grpc/serve.ts";
import { standInNotice, standInVersion } from "../grpc/stand-in.ts";
import { packageVersion } from "../plugins/version.ts";
import { type Children, ended } from "./children.ts";
import { installedDependencies } from "./dependencies.ts";
import { notHere } from "./not-here.ts";
import { readOptions } from "./options.ts";
import { installCommand, packageManagerOf } from "./package-manager.ts";
import { type PluginCall, runPlugin } from "./plugin-run.ts";
import { runProgram } from "./program.ts";

type InstallCall = ServerWritableStream<language.InstallDependenciesRequest, language.InstallDependenciesResponse>;

/** What code generation needs (GenerateProgram, Pack, Link …) is refused by its name. */
export function languageService(
  children: Children,
  engine: string | undefined,
  log: EngineLog,
): UntypedServiceImplementation {
  let address = engine;
  const version = packageVersion("@pulumi/pulumi");
  const handlers = {
    handshake: unary((request: language.LanguageHandshakeRequest) => {
      address = request.getEngineAddress();
      log.connect(address);
      return new language.LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(standInVersion(version))),
    about: unary(about),
    // Empty: the engine asks for a plugin when the program uses it, and not for what is merely installed.
    getRequiredPlugins: unary(() => new language.GetRequiredPluginsResponse()),
    getRequiredPackages: unary(() => new language.GetRequiredPackagesResponse()),
    getProgramDependencies: unary(programDependencies),
    runtimeOptionsPrompts: unary(() => new language.RuntimeOptionsResponse()),
    installDependencies: (call: InstallCall) => void installDependencies(children, call),
    run: unary(async (request: language.RunRequest, call) => {
      await log.log("debug", standInNotice("the nodejs language host", version));
      return runProgram(children, request, address, (stop) => call.once("cancelled", stop));
    }),
    runPlugin: (call: PluginCall) => void runPlugin(children, call),
    cancel: unary(() => {
      children.interrupt();
      return new empty.Empty();
    }),
  };
  return refuseCalls(grpc.LanguageRuntimeService, handlers, (call) => notHere(`the call ${call}`));
}

async function about(request: language.AboutRequest): Promise<language.AboutResponse> {
  const info = request.getInfo();
  const manager = packageManagerOf(readOptions(info), info?.getProgramDirectory() ?? "");
  const response = new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version);
  response.getMetadataMap().set("packagemanager", manager);
  const found = await promisify(execFile)(manager, ["--version"]).catch(() => undefined);
  if (found) response.getMetadataMap().set("packagemanagerVersion", found.stdout.trim());
  return response;
}

async function programDependencies(request: language.GetProgramDependenciesRequest) {
  const directory = request.getInfo()?.getProgramDirectory() || request.getPwd();
  const found = await installedDependencies(directory, request.getTransitivedependencies());
  return new language.GetProgramDependenciesResponse().setDependenciesList(
    found.map(({ name, version }) => new language.DependencyInfo().setName(name).setVersion(version)),
  );
}

async function installDependencies(children: Children, call: InstallCall): Promise<void> {
  const say = (data: Buffer | string) =>
    call.write(new language.InstallDependenciesResponse().setStdout(Buffer.from(data)));
  try {
    if (call.request.getUseLanguageVersionTools()) throw new Error(notHere("a Node of the project's own version"));
    const info = call.request.getInfo();
    const directory = info?.getProgramDirectory() || call.request.getDirectory();
    const options = readOptions(info);
    const manager = packageManagerOf(options, directory);
    const install = installCommand(manager, options.production || call.request.getIsPlugin());
    say("Installing dependencies...\n\n");
    const child = children.start(manager, install, { cwd: directory });
    call.once("cancelled", () => children.interrupt(child));
    child.stdout?.on("data", say);
    child.stderr?.on("data", (data: Buffer) => call.write(new language.InstallDependenciesResponse().setStderr(data)));
    const code = await ended(child);
    if (code !== 0) throw new Error(`${manager} install failed with exit code ${code ?? "signal"}`);
    say("Finished installing dependencies\n\n");
    call.end();
  } catch (error) {
    call.emit("error", toServiceError(error));
  }
}
