import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../usage.ts";
import type { Build } from "./build.ts";

/** The words that all builders take. A secret goes by a file that nobody else may read, never in a word that `ps` shows. */
export async function wordsOf(build: Build, folder: string): Promise<string[]> {
  const { file, target, platforms, args, labels, secrets } = build;
  const held = await Promise.all(
    Object.entries(secrets).map(async ([id, value], index) => {
      const place = join(folder, `secret-${index}`);
      await writeFile(place, value, { mode: 0o600 });
      return ["--secret", `id=${id},src=${place}`];
    }),
  );
  return [
    ...["--file", file],
    ...(target === undefined ? [] : ["--target", target]),
    ...(platforms.length > 0 ? ["--platform", platforms.join(",")] : []),
    ...Object.entries(args).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
    ...Object.entries(labels).flatMap(([name, value]) => ["--label", `${name}=${value}`]),
    ...held.flat(),
  ];
}

/** A folder of this process alone, which is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "palier-image-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The name of what has this content: the same content has the same name, and another never takes it. */
export function contentTag(repository: string, content: string): string {
  return `${repository}:content-${content.replace("sha256:", "").slice(0, 12)}`;
}

export const cantBuild =
  ({ context }: Build) =>
  (error: Error): never => {
    throw new UsageError(`${context} can't be built:\n${error.message}`);
  };

/** What is in the registry by then has no name there: the same command again goes on from it. */
export const cantPush =
  ({ repository }: Build) =>
  (error: Error): never => {
    const registry = repository.split("/")[0];
    throw new UsageError(
      `the image was built, and not pushed to ${registry}: see that it answers and lets you in, then run the same command again.\n${error.message}`,
    );
  };
