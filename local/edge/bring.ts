import { spawn } from "node:child_process";
import type { LocalEnvironment } from "../arguments.ts";
import type { Clone } from "../clone.ts";
import type { Ground } from "../ground.ts";
import { writeEdge } from "../machine-file.ts";
import { mergeStack } from "../stack/project.ts";
import { LocalError, type Step, type Steps } from "../steps.ts";
import { edgeDefinitions } from "./definitions.ts";
import { traefikImage } from "./image.ts";
import { type EdgePorts, edgeNamespace, edgeObjects, entryPorts } from "./objects.ts";
import { buildTraefik } from "./program.ts";

/** What `npm start -- --edge` does before the engine runs. */
export async function throughEdge(steps: Steps, ground: Ground, environment: LocalEnvironment): Promise<EdgePorts> {
  const ports = await steps.run("edge", (step) => bringEdge(step, ground));
  await tellStack(ground, environment);
  return ports;
}

/** Brings a real Traefik onto the node, and leaves it there: it ends and begins with the node. */
export async function bringEdge(step: Step, { clone, tools }: Pick<Ground, "clone" | "tools">): Promise<EdgePorts> {
  const registry = `127.0.0.1:${clone.ports.registry}`;
  const definitions = await edgeDefinitions(clone.cache);
  const image = await traefikImage(step, clone, registry, await buildTraefik(step, clone.cache));
  const ports = edgePorts(clone);
  const kubectl = (args: string[], input?: string) =>
    ask(tools.kubectl!, ["--kubeconfig", tools.kubeconfig!, ...args], input);
  const apply = ["apply", "--server-side", "--force-conflicts", "--field-manager=palier-edge", "-f"];
  await kubectl([...apply, definitions]);
  await kubectl(["wait", "--for=condition=Established", "--timeout=60s", "-f", definitions]);
  const items = edgeObjects(image, ports);
  await kubectl([...apply, "-"], JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  await kubectl(["rollout", "status", "deployment/traefik", "-n", edgeNamespace, "--timeout=180s"]);
  step.say(`Traefik reads Ingress, its own kinds and the Gateway API: http ${ports.http}, https ${ports.https}`);
  await writeEdge(clone, ports);
  return ports;
}

/** Tells a stack that Traefik stands before it. What has an edge there takes it. */
async function tellStack({ project }: Ground, environment: LocalEnvironment): Promise<void> {
  await mergeStack(project, environment, {
    "palier:edge": {
      family: "traefik",
      namespace: edgeNamespace,
      generated: true,
      httpPort: entryPorts.http,
      httpsPort: entryPorts.https,
    },
  });
}

/** Of the clone's node ports, which stacks take from below, two that they come to last but for a few. */
function edgePorts({ ports: { nodePortFirst } }: Clone): EdgePorts {
  return { http: nodePortFirst + 90, https: nodePortFirst + 91 };
}

function ask(program: string, args: string[], input?: string): Promise<string> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  let problem = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    problem += text;
  });
  child.stdin.end(input);
  return new Promise((done, failed) => {
    child.on("error", failed).on("close", (code) => {
      if (code === 0) return done(said);
      const next = `see what the node says: kubectl get pods -n ${edgeNamespace}, then run this again.`;
      failed(new LocalError(`Traefik could not be brought onto the node: ${problem.trim()}`, next));
    });
  });
}
