import type { ServerWritableStream } from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import { toServiceError } from "../grpc/failure.ts";
import { type Children, ended } from "./children.ts";
import { notHere } from "./not-here.ts";
import { locateModule, optionEnvironment, readOptions } from "./options.ts";
import { PolicyProxy } from "./policy-proxy.ts";

export type PluginCall = ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>;

/** Runs a plugin that is written for Node: a policy pack, or a component provider. */
export async function runPlugin(children: Children, call: PluginCall): Promise<void> {
  const proxy = call.request.getKind() === "analyzer" ? new PolicyProxy() : undefined;
  try {
    if (call.request.getAttachDebugger()) throw new Error(notHere("a debugger for a plugin (--attach-debugger)"));
    const code = await (proxy ? runPack(children, call, proxy) : runOther(children, call));
    // A pack is ended by a signal once the engine has what it wants.
    if (code !== 0 && !call.cancelled) throw new Error(`Program exited with non-zero exit code: ${code ?? "signal"}`);
    call.write(new language.RunPluginResponse().setExitcode(0));
    call.end();
  } catch (error) {
    call.emit("error", toServiceError(error));
  } finally {
    proxy?.stop();
  }
}

async function runPack(children: Children, call: PluginCall, proxy: PolicyProxy): Promise<number | undefined> {
  const directory = call.request.getInfo()!.getProgramDirectory();
  const options = readOptions(call.request.getInfo());
  const run = locateModule("@pulumi/pulumi/cmd/run-policy-pack", directory);
  write(call, "stdout", `${await proxy.listen()}\n`);
  const stack = await Promise.race([proxy.configured, broken(call)]);
  const child = children.start(
    process.execPath,
    [run, ...options.nodeArguments, ...call.request.getArgsList(), directory],
    // A pack has always run in its own folder.
    { cwd: directory, env: { ...environment(call.request), ...optionEnvironment(options), ...stack } },
  );
  stopWith(call, () => child.kill("SIGKILL"));
  child.stderr!.on("data", (data: Buffer) => write(call, "stderr", data));
  proxy.attach(child, (rest) => write(call, "stdout", rest));
  return ended(child);
}

function runOther(children: Children, call: PluginCall): Promise<number | undefined> {
  const directory = call.request.getInfo()!.getProgramDirectory();
  const options = readOptions(call.request.getInfo());
  const run = locateModule("@pulumi/pulumi/cmd/run-plugin", directory);
  const child = children.start(
    process.execPath,
    [run, ...options.nodeArguments, directory, ...call.request.getArgsList()],
    { cwd: call.request.getPwd(), env: { ...environment(call.request), ...optionEnvironment(options) } },
  );
  stopWith(call, () => child.kill("SIGKILL"));
  child.stdout!.on("data", (data: Buffer) => write(call, "stdout", data));
  child.stderr!.on("data", (data: Buffer) => write(call, "stderr", data));
  return ended(child);
}

function write(call: PluginCall, stream: "stdout" | "stderr", data: Buffer | string): void {
  if (call.cancelled) return;
  const response = new language.RunPluginResponse();
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  call.write(stream === "stdout" ? response.setStdout(bytes) : response.setStderr(bytes));
}

function stopWith(call: PluginCall, stop: () => void): void {
  if (call.cancelled) stop();
  else call.once("cancelled", stop);
}

function broken(call: PluginCall): Promise<never> {
  return new Promise((_, reject) => stopWith(call, () => reject(new Error("the engine ended the call"))));
}

function environment(request: language.RunPluginRequest): NodeJS.ProcessEnv {
  return Object.fromEntries(
    request.getEnvList().map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}
