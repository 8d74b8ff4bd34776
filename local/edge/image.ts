import { copyFile, link, mkdtemp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Clone } from "../clone.ts";
import { build, push } from "../images/build.ts";
import { prepareBuilder } from "../images/builder.ts";
import { digestIn } from "../images/registry.ts";
import type { Step } from "../steps.ts";

const repository = "palier/traefik";
const dockerfile = 'FROM scratch\nCOPY traefik /traefik\nUSER 65534:65534\nENTRYPOINT ["/traefik"]\n';

/** The program as an image in the node's registry: its reference, with its digest. */
export async function traefikImage(
  step: Step,
  clone: Pick<Clone, "home" | "cache">,
  registry: string,
  program: string,
) {
  const tag = basename(program);
  const digest = (await digestIn(registry, repository, tag)) ?? (await made(step, clone, registry, program, tag));
  return `${registry}/${repository}@${digest}`;
}

async function made(
  step: Step,
  clone: Pick<Clone, "home" | "cache">,
  registry: string,
  program: string,
  tag: string,
): Promise<string> {
  const builder = await prepareBuilder(step, clone, registry);
  const context = await mkdtemp(join(builder.storage, "tmp", "traefik-"));
  try {
    const file = join(context, "traefik");
    await link(program, file).catch(() => copyFile(program, file)); // another disk has no hard links to this one
    await writeFile(join(context, "Dockerfile"), dockerfile);
    const name = `${registry}/${repository}:${tag}`;
    await build(builder, { context }, name);
    return await push(builder, name);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}
