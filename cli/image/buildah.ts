import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Build, Builder, Say } from "./build.ts";
import { run } from "./run.ts";
import { cantBuild, cantPush, contentTag, inFolder, wordsOf } from "./words.ts";

/** buildah and podman take the same words. What they make of the same files is the same: files and image are dated alike. */
export function buildahBuilder(program: "buildah" | "podman"): Builder {
  return {
    make: (build, say) =>
      inFolder((folder) => (build.platforms.length > 1 ? several : one)({ program, build, folder, say })),
  };
}

interface Making {
  program: string;
  build: Build;
  folder: string;
  say: Say;
}

async function one(making: Making): Promise<string> {
  const { program, build, folder, say } = making;
  const file = join(folder, "id");
  await built(making, ["--iidfile", file]);
  const id = (await readFile(file, "utf8")).trim();
  const digest = join(folder, "digest");
  const words = ["push", "--digestfile", digest, id, `docker://${contentTag(build.repository, id)}`];
  await run(program, words, say).catch(cantPush(build));
  return (await readFile(digest, "utf8")).trim();
}

/** One image for each platform, and a list of them. */
async function several(making: Making): Promise<string> {
  const { program, build, folder, say } = making;
  const list = `localhost/palier-image-${process.pid}`;
  await built(making, ["--manifest", list]);
  const content = createHash("sha256")
    .update(await run(program, ["manifest", "inspect", list], () => {}))
    .digest("hex");
  const digest = join(folder, "digest");
  const target = `docker://${contentTag(build.repository, content)}`;
  await run(program, ["manifest", "push", "--all", "--rm", "--digestfile", digest, list, target], say).catch(
    cantPush(build),
  );
  return (await readFile(digest, "utf8")).trim();
}

async function built({ program, build, folder, say }: Making, where: string[]): Promise<void> {
  const dated = ["--timestamp", String(build.epoch), "--layers"];
  const words = ["build", ...dated, ...where, ...(await wordsOf(build, folder)), build.context];
  await run(program, words, say).catch(cantBuild(build));
}
