import { join } from "node:path";
import type { Clone } from "./clone.ts";
import { type Cluster, prepareCluster, startCluster } from "./cluster.ts";
import { prepareEngine } from "./engine.ts";
import { processEnvironment, type Tools } from "./environment.ts";
import { postgresFor } from "./images/extensions.ts";
import { type Images, prepareImages } from "./images.ts";
import { writeMachine } from "./machine-file.ts";
import { preparePlugins } from "./plugins.ts";
import { ensurePorts } from "./ports.ts";
import { checkPrivileges } from "./privileges.ts";
import { checkRoom } from "./room.ts";
import { mergeImages, type Project, writeProject } from "./stack/project.ts";
import type { Pulumi } from "./stack/pulumi.ts";
import { prepareStacks } from "./stack/stacks.ts";
import type { Steps } from "./steps.ts";
import type { System } from "./systems.ts";

/** What a stack is put up on. */
export interface Ground {
  clone: Clone;
  project: Project;
  pulumi: Pulumi;
  tools: Tools;
}

type NodeTools = Required<Omit<Tools, "pulumi">>;

/** The embedded ground: engine and plugins, a node with its images, and a project folder that knows them. */
export async function embeddedGround(steps: Steps, opened: Clone, system: System): Promise<Ground> {
  await checkPrivileges();
  await steps.run("disk", (step) => checkRoom(step, opened));
  const clone = await ensurePorts(opened);
  const kubeconfig = join(clone.home, "cluster", "kubeconfig");
  const kubectl = join(clone.home, "bin", "kubectl");
  const [{ project, pulumi, tools }, node] = await bothWhole(
    prepareTools(steps, clone, system, { kubeconfig, kubectl }),
    prepareNode(steps, clone, system),
  );
  const { postgres, redis, nodeBase } = node.images;
  await mergeImages(project, { postgres, redis, node: nodeBase });
  await writeMachine(clone, system.name, tools, node.cluster, node.images);
  return { clone, project, pulumi, tools };
}

async function prepareTools(steps: Steps, clone: Clone, system: System, node: NodeTools) {
  const engine = await steps.run("engine", (step) => prepareEngine(step, clone));
  await steps.run("plugins", (step) => preparePlugins(step, clone, engine.pulumi));
  const tools = { pulumi: engine.pulumi, ...node };
  const pulumi: Pulumi = { command: tools.pulumi, env: processEnvironment(clone, system.name, tools) };
  const project = await steps.run("project", async (step) => {
    const context = `palier-${clone.id}`;
    const registry = `127.0.0.1:${clone.ports.registry}`;
    const written = await writeProject(clone, system, { context, kubeconfig: node.kubeconfig, registry });
    step.say(written.folder);
    await prepareStacks(step, clone, written, pulumi);
    return written;
  });
  return { project, pulumi, tools };
}

async function prepareNode(steps: Steps, clone: Clone, system: System): Promise<{ cluster: Cluster; images: Images }> {
  const cluster = await steps.run("cluster", async (step) => {
    const parts = await prepareCluster(step, clone);
    return startCluster(step, clone, parts);
  });
  const postgres = await postgresFor(system);
  const images = await steps.run("images", (step) => prepareImages(step, clone, cluster, postgres));
  return { cluster, images };
}

/** Both, side by side. When one fails the other still ends: what it has built by then, the next run need not build. */
async function bothWhole<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}
