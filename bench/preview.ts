/**
 * How long `pulumi preview` of dev takes against a program written by hand that declares the same objects, with the same
 * loader; and what the loader gains against ts-node. Run it after `npm start`:
 *
 *     eval "$(npm run -s env)" && node bench/preview.ts
 *
 * Prints medians of five runs, taken in turns so that the machine's other work falls on all alike, and its load.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

interface Resource {
  urn: string;
  type: string;
  custom: boolean;
  inputs?: object;
}

const rounds = 5;
/** Means dev too, and its namespace is not there yet. */
const stack = "development";
const project = process.env["PULUMI_OPTION_CWD"];
if (!project) throw new Error('type first: eval "$(npm run -s env)"');
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_OPTION_")));
const work = mkdtempSync(join(tmpdir(), "palier-bench-"));
// All start from an empty state of their own, so that each preview creates everything.
const fresh = `file://${join(work, "backend")}`;
mkdirSync(join(work, "backend"));

function pulumi(folder: string, backend: string | undefined, ...args: string[]): string {
  const options = {
    cwd: folder,
    env: { ...env, PULUMI_BACKEND_URL: backend },
    encoding: "utf8" as const,
    maxBuffer: 64 << 20,
    stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"],
  };
  return execFileSync("pulumi", [...args, "--non-interactive"], options);
}

/** The same objects, one constructor call each. */
function byHand(): string {
  const { deployment } = JSON.parse(
    pulumi(project!, process.env["PULUMI_BACKEND_URL"], "stack", "export", "--show-secrets", "--stack", "dev"),
  ) as { deployment: { resources: Resource[] } };
  const objects = deployment.resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
  const lines = objects.map(({ type, urn, inputs }) => {
    const [group, name] = type.split(":").slice(1) as [string, string];
    const [module, version] = group.split("/") as [string, string];
    const path = type.startsWith("kubernetes:") ? `k8s.${module.split(".")[0]}.${version}` : type.split(":")[0]!;
    return `new ${path}.${name}(${JSON.stringify(urn.split("::").at(-1))}, ${JSON.stringify(plain(inputs))} as any, options(${type.startsWith("kubernetes:")}));`;
  });
  const objectsOfStack = lines
    .join("\n")
    .replaceAll("avnir-dev", `avnir-${stack}`)
    .replaceAll('"../application', `"${resolve(import.meta.dirname, "../stacks/application")}`);
  return `import * as k8s from "@pulumi/kubernetes";
import * as docker from "@pulumi/docker";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";
import * as pulumi from "@pulumi/pulumi";
const config = new pulumi.Config("palier");
const provider = new k8s.Provider("cluster", { context: config.require("context"), kubeconfig: config.get("kubeconfig"), enableConfigMapMutable: true });
const options = (kubernetes: boolean) => (kubernetes ? { provider } : {});
${objectsOfStack}
`;
}

/** Inputs as they may stand in a program: what the engine adds taken out. The program is removed with the benchmark. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  if ("plaintext" in value) return plain(JSON.parse(String(value.plaintext)));
  const entries = Object.entries(value).filter(([key]) => !key.startsWith("__") && key !== "contextDigest");
  return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
}

function projectFolder(name: string, type: "module" | "commonjs", typescript: boolean, program: string): string {
  const folder = join(work, name);
  mkdirSync(folder);
  symlinkSync(resolve(import.meta.dirname, "../node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, type }));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        target: "es2022",
        module: type === "module" ? "nodenext" : "commonjs",
        moduleResolution: type === "module" ? "nodenext" : "node10",
        ignoreDeprecations: "6.0",
        skipLibCheck: true,
      },
    }),
  );
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    `name: avnir\nruntime: { name: nodejs, options: { typescript: ${typescript} } }\nmain: index.ts\n`,
  );
  writeFileSync(join(folder, "index.ts"), program);
  return withStack(folder);
}

/** The flagship's own project folder, but for the state. */
function flagshipFolder(): string {
  const folder = join(work, "palier");
  mkdirSync(folder);
  cpSync(join(project!, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  return withStack(folder);
}

function withStack(folder: string): string {
  cpSync(join(project!, "Pulumi.dev.yaml"), join(folder, `Pulumi.${stack}.yaml`));
  mkdirSync(join(work, "backend", basename(folder)));
  execFileSync("pulumi", ["stack", "init", stack, "--non-interactive"], {
    cwd: folder,
    env: { ...env, PULUMI_BACKEND_URL: `${fresh}/${basename(folder)}` },
    stdio: "pipe",
  });
  return folder;
}

function seconds(folder: string): number {
  const start = performance.now();
  pulumi(folder, `${fresh}/${basename(folder)}`, "preview", "--stack", stack);
  return (performance.now() - start) / 1000;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

try {
  const program = byHand();
  const variants: Record<string, string> = {
    palier: flagshipFolder(),
    "by hand, the same loader": projectFolder("same", "module", false, program),
    "by hand, ts-node": projectFolder("ts-node", "commonjs", true, program),
  };
  const times: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, folder] of Object.entries(variants)) times[name] = [...(times[name] ?? []), seconds(folder)];
  }
  for (const [name, list] of Object.entries(times)) console.log(`${median(list).toFixed(2)} s  ${name}`);
  const [palier, same, tsNode] = Object.values(times).map(median) as [number, number, number];
  console.log(`ratio palier / by hand: ${(palier / same).toFixed(2)} (asked: at most 1.15)`);
  console.log(`ratio ts-node / type stripping, by hand: ${(tsNode / same).toFixed(2)}`);
  console.log(
    `machine load ${loadavg()[0]!.toFixed(1)}; objects ${program.split("\nnew ").length - 1}; lines of the stack ${readFileSync(resolve(import.meta.dirname, "../stacks/avnir/index.ts"), "utf8").split("\n").length}`,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
