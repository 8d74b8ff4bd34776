import type { LocalEnvironment } from "../arguments.ts";
import type { Clone } from "../clone.ts";
import type { Ground } from "../ground.ts";
import { LocalError, type Steps } from "../steps.ts";
import type { Tally } from "./engine-events.ts";
import { waitUntilHealthy } from "./healthy.ts";
import { mendStack } from "./mend.ts";
import { placeOf } from "./place.ts";
import { mergeStack, readStack } from "./project.ts";
import { record } from "./record.ts";
import { readState } from "./stacks.ts";
import { update } from "./update.ts";

/** What a stack exports that a local run reads. */
export interface Outputs {
  url?: string;
  health?: string;
  /** Of a system of one image. */
  image?: string;
  /** Of one of several, by their names in the configuration. */
  images?: Record<string, string>;
}

/** Puts a stack up, or previews it: the digest to run, what a killed run left, the engine, and until it is healthy. */
export async function release(
  steps: Steps,
  ground: Ground,
  environment: LocalEnvironment,
  preview: boolean,
): Promise<{ tally: Tally; outputs: Outputs; healthy: boolean }> {
  const { clone, project, pulumi } = ground;
  const system = project.system.name;
  const source = environment === "production" ? "staging" : "dev";
  if (environment !== "dev") await steps.run("promote", (step) => promote(step, ground, source, environment));
  const tally = await steps.run(preview ? "preview" : "pulumi up", async (step) => {
    if (!preview) await mendStack(step, ground, environment);
    const empty = (await readResources(clone, system, environment)).length === 0;
    return update(step, pulumi, environment, { preview, empty, place: await placeOf(ground, environment) });
  });
  const outputs = await readOutputs(clone, system, environment);
  const images = imagesIn(outputs);
  if (environment === "dev") await offer(ground, images);
  const reached = !preview && outputs.url && outputs.health && (await isOnNodePort(ground, environment));
  if (!reached) return { tally, outputs, healthy: false };
  const url = new URL(outputs.health!, outputs.url).href;
  await steps.run("health", (step) => waitUntilHealthy(step, url));
  if (environment !== "dev") {
    for (const image of Object.values(images)) await record(ground, environment, image);
  }
  return { tally, outputs, healthy: true };
}

/** What runs, by its name in the configuration. */
function imagesIn({ image, images }: Outputs): Record<string, string> {
  return images ?? (image ? { api: image } : {});
}

/** Staging runs the digests that dev runs, and production those of staging: an image is built once. */
async function promote(
  step: { say(line: string): void },
  ground: Ground,
  source: LocalEnvironment,
  environment: LocalEnvironment,
): Promise<void> {
  const { clone, project } = ground;
  const system = project.system.name;
  const images = imagesIn(await readOutputs(clone, system, source));
  if (Object.keys(images).length === 0) {
    throw new LocalError(
      `${environment} runs the digest that ${source} runs, and ${source} of ${system} is not up.`,
      `npm start -- ${system} ${source}`,
    );
  }
  for (const image of Object.values(images)) step.say(`${image}, as ${source} runs it`);
  await mergeStack(project, environment, { [`${system}:images`]: images });
}

/** Gives dev's digests to the environments that have none yet, so that a plain `pulumi preview --stack production` works. */
async function offer({ project }: Ground, images: Record<string, string>): Promise<void> {
  const key = `${project.system.name}:images`;
  for (const environment of ["staging", "production"] as const) {
    const own = (await readStack(project, environment))?.config?.[key];
    const known = typeof own === "object" && own !== null ? own : {};
    const missing = Object.entries(images).filter(([name]) => !(name in known));
    if (missing.length > 0) await mergeStack(project, environment, { [key]: Object.fromEntries(missing) });
  }
}

async function isOnNodePort({ project }: Ground, environment: LocalEnvironment): Promise<boolean> {
  return (await readStack(project, environment))?.config?.[`${project.system.name}:nodePort`] !== undefined;
}

/** The outputs of a stack as its state holds them; none before its first update, and after its end. */
export async function readOutputs(clone: Clone, system: string, environment: string): Promise<Outputs> {
  const resources = await readResources(clone, system, environment);
  return resources.find((resource) => resource.type === "pulumi:pulumi:Stack")?.outputs ?? {};
}

async function readResources(clone: Clone, system: string, environment: string) {
  return (await readState(clone, system, environment))?.checkpoint?.latest?.resources ?? [];
}
