import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Clone } from "./clone.ts";
import { processEnvironment, type Tools } from "./environment.ts";
import type { Ground } from "./ground.ts";
import { writeProject } from "./stack/project.ts";
import type { Pulumi } from "./stack/pulumi.ts";
import { prepareStacks } from "./stack/stacks.ts";
import { LocalError, type Steps } from "./steps.ts";
import type { System } from "./systems.ts";

/**
 * The ground of those who have the official CLI and a cluster of their own, given by the name of its kube context: nothing
 * embedded is loaded. The engine fetches its own plugins, and images come from where the tracked stack files say.
 */
export async function ownGround(steps: Steps, shared: Clone, system: System, context: string): Promise<Ground> {
  const clone = { ...shared, home: join(shared.home, "context", context.replace(/[^\w.-]/g, "_")) };
  const tools: Tools = { pulumi: await onPath("pulumi") };
  const pulumi: Pulumi = { command: tools.pulumi, env: processEnvironment(clone, system.name, tools) };
  const project = await steps.run("project", async (step) => {
    const written = await writeProject(clone, system, { context });
    step.say(`${written.folder}, for the kube context ${context}`);
    await prepareStacks(step, clone, written, pulumi);
    return written;
  });
  return { clone, project, pulumi, tools };
}

async function onPath(name: string): Promise<string> {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const file = join(folder, name);
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  throw new LocalError(
    `A cluster of your own goes with the official Pulumi CLI, and there is no ${name} on PATH.`,
    "install the Pulumi CLI, or leave --context and PALIER_CONTEXT out to use the embedded node.",
  );
}
