import language from "@pulumi/pulumi/proto/language_pb.js";
import { type Children, ended } from "./children.ts";
import { notHere } from "./not-here.ts";
import { locateModule, optionEnvironment, readOptions } from "./options.ts";

/** The exit code with which the SDK says that the user has already been told. */
const alreadyReported = 32;

export interface Started {
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

/** How the official host starts a program, except that the SDK talks to the engine's monitor without a proxy between. */
export function programCommand(request: language.RunRequest, engine: string | undefined): Started {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() || request.getPwd();
  const options = readOptions(info);
  const flags: [string, string | undefined][] = [
    ["--monitor", request.getMonitorAddress()],
    ["--engine", engine],
    ["--organization", request.getOrganization()],
    ["--project", request.getProject()],
    ["--root-directory", info?.getRootDirectory()],
    ["--stack", request.getStack()],
    ["--pwd", directory],
    ["--parallel", String(request.getParallel())],
  ];
  const config = Object.fromEntries(
    request
      .getConfigMap()
      .getEntryList()
      .map(([key, value]) => [longKey(key), value]),
  );
  return {
    command: process.execPath,
    args: [
      ...options.nodeArguments,
      locateModule("@pulumi/pulumi/cmd/run", directory),
      ...flags.flatMap(([flag, value]) => (value ? [flag, value] : [])),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      info?.getEntryPoint() || request.getProgram() || ".",
      ...request.getArgsList(),
    ],
    env: {
      ...process.env,
      ...optionEnvironment(options),
      PULUMI_CONFIG: JSON.stringify(config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  };
}

/** `namespace:name` as `namespace:config:name`, the form that SDKs of every age read. */
function longKey(key: string): string {
  const [namespace, ...rest] = key.split(":");
  return rest[0] === "config" && rest.length > 1 ? key : `${namespace}:config:${rest.join(":")}`;
}

export async function runProgram(
  children: Children,
  request: language.RunRequest,
  engine: string | undefined,
  onBroken: (stop: () => void) => void,
): Promise<language.RunResponse> {
  const response = new language.RunResponse();
  try {
    if (request.getAttachDebugger()) throw new Error(notHere("a debugger for the program (--attach-debugger)"));
    const { command, args, env } = programCommand(request, engine);
    const child = children.start(command, args, { env });
    onBroken(() => children.interrupt(child));
    child.stdout?.pipe(process.stdout, { end: false });
    child.stderr?.pipe(process.stderr, { end: false });
    const code = await ended(child);
    if (code === alreadyReported) return response.setBail(true);
    if (code === 0) return response;
    return response.setError(
      code === undefined ? "The program was ended by a signal" : `Program exited with non-zero exit code: ${code}`,
    );
  } catch (error) {
    return response.setError(error instanceof Error ? error.message : String(error));
  }
}
