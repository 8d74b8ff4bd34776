import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../usage.ts";
import type { Builder } from "./build.ts";
import { run } from "./run.ts";
import { cantBuild, cantPush, contentTag, inFolder, wordsOf } from "./words.ts";

/** Docker with BuildKit. It dates what it makes by SOURCE_DATE_EPOCH; the files of a layer keep the times that a step gave them. */
export function dockerBuilder(): Builder {
  return {
    make: (build, say) =>
      inFolder(async (folder) => {
        if (build.platforms.length > 1) {
          throw new UsageError("--platform with several goes with buildah or podman: docker keeps no list of images.");
        }
        const file = join(folder, "id");
        const dated = { DOCKER_BUILDKIT: "1", SOURCE_DATE_EPOCH: String(build.epoch) };
        const words = ["build", "--iidfile", file, ...(await wordsOf(build, folder)), build.context];
        await run("docker", words, say, dated).catch(cantBuild(build));
        const id = (await readFile(file, "utf8")).trim();
        const name = contentTag(build.repository, id);
        await run("docker", ["tag", id, name], say);
        const said = await run("docker", ["push", name], say).catch(cantPush(build));
        const digest = /digest: (sha256:[0-9a-f]{64})/.exec(said)?.[1];
        if (digest) return digest;
        throw new UsageError(`docker push named no digest of ${name}: what is in the registry is not known.`);
      }),
  };
}
