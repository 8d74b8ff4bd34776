import type { Entry } from "./entry.ts";

const protocol = "https://github.com/pulumi/pulumi/blob/master/proto/pulumi/language.proto";
const projectFile = "https://www.pulumi.com/docs/iac/concepts/projects/project-file/";
const javascript = "https://www.pulumi.com/docs/iac/languages-sdks/javascript/";
const notHere = "is not in Palier's stand-in for the nodejs language host";

export const host: readonly Entry[] = [
  {
    behaviour: "Run: the program's arguments, configuration and secret keys; `nodeargs`, `typescript`, `tsconfig`",
    source: protocol,
    test: "local/host: starts a program as the official host does",
  },
  {
    behaviour: "Run: success, failure, and a failure that the program has told already (exit code 32)",
    source: protocol,
    test: "local/host: tells success, a reported failure and another failure apart",
  },
  {
    behaviour: "Run: a call that the engine breaks off ends the program by SIGINT",
    source: protocol,
    test: "local/host: interrupts the program when the engine breaks off the call",
  },
  {
    behaviour: "RunPlugin: component providers, with their output and environment",
    source: protocol,
    test: "local/host: runs a plugin, passes its output on, and fails as it fails",
  },
  {
    behaviour: "RunPlugin: a policy pack knows its stack",
    source: "https://www.pulumi.com/docs/iac/crossguard/",
    test: "local/host: tells a pack its stack by the environment",
  },
  {
    behaviour: "A killed engine leaves no program and no plugin",
    source: protocol,
    test: "node/engine: leaves no plugin and no program alive when the engine is killed",
  },
  {
    behaviour: "GetProgramDependencies, direct and transitive",
    source: protocol,
    test: "local/host: lists what a program depends on",
  },
  {
    behaviour: "InstallDependencies, About: `packagemanager`, else by the lock file, else npm",
    source: javascript,
    test: "local/host: takes the package manager that the project names, or whose lock file it holds",
  },
  {
    behaviour: "InstallDependencies: `production`, and for plugins always, without what only development needs",
    source: "https://github.com/pulumi/pulumi/pull/23849",
    test: "local/host: installs dependencies, and leaves out those of development for a plugin or where told so",
  },
  {
    behaviour: "Runtime options with a wrong value",
    source: projectFile,
    test: "local/host: reads the runtime's options, and names a wrong one",
  },
  {
    behaviour: "Runtime options that a later version may bring",
    source: projectFile,
    refused: `runtime.options.laterOption ${notHere}`,
  },
  {
    behaviour: "Run: `--attach-debugger`",
    source: "https://www.pulumi.com/docs/iac/cli/commands/pulumi_up/",
    refused: `a debugger for the program (--attach-debugger) ${notHere}`,
  },
  {
    behaviour: "RunPlugin: `--attach-debugger`",
    source: "https://www.pulumi.com/docs/iac/cli/commands/pulumi_up/",
    refused: `a debugger for a plugin (--attach-debugger) ${notHere}`,
  },
  {
    behaviour: "`pulumi install --use-language-version-tools`",
    source: "https://www.pulumi.com/docs/iac/cli/commands/pulumi_install/",
    refused: `a Node of the project's own version ${notHere}`,
  },
  ...["generatePackage", "generateProgram", "generateProject", "link", "pack", "template"].map((call) => ({
    behaviour: `The call ${call} of code generation`,
    source: protocol,
    refused: `the call ${call} ${notHere}`,
  })),
];
