import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import type { Arguments } from "../../grpc/provider.ts";
import type { Build } from "../../images/build.ts";

const text = z.string().min(1);

const build = z.object({
  context: text.default("."),
  dockerfile: text.optional(),
  args: z.record(z.string(), z.string()).optional(),
  platform: text.optional(),
  target: text.optional(),
  addHosts: z.array(text).optional(),
  network: text.optional(),
});

export const imageArguments: Arguments = {
  build: {
    within: {
      addHosts: true,
      args: true,
      builderVersion: "a choice of Docker's builder",
      cacheFrom: "a cache from other images",
      context: true,
      // Not the program's, but ours, where ignoreChanges brings the inputs of the last time.
      contextDigest: true,
      dockerfile: true,
      network: true,
      platform: true,
      target: true,
    },
  },
  buildOnPreview: true,
  imageName: true,
  registry: { within: { password: true, server: true, username: true } },
  skipPush: true,
};

/** The inputs of `docker.Image`. */
const image = z.object({
  imageName: text,
  build: build.prefault({}),
  registry: z.object({ server: text.optional(), username: text.optional(), password: text.optional() }).optional(),
  skipPush: z.boolean().default(false),
  buildOnPreview: z.boolean().default(false),
});

export type Image = z.infer<typeof image>;

export interface Problem {
  property: string;
  reason: string;
}

/** Reads the inputs, secrets opened, or says what is wrong with them; never a value, which may be secret. */
export function readImage(inputs: unknown): { image: Image } | { problems: Problem[] } {
  const { success, data, error } = image.safeParse(inputs);
  if (!success) {
    return { problems: error.issues.map((issue) => ({ property: issue.path.join("."), reason: issue.message })) };
  }
  const problems: Problem[] = [];
  if (!data.skipPush && !serverOf(data.imageName)) {
    const reason = `${data.imageName} names no registry to push to: give <registry>/<repository>:<tag>, or skipPush: true`;
    problems.push({ property: "imageName", reason });
  }
  const { platform } = data.build;
  if (platform && platform.split("/").slice(0, 2).join("/") !== ownPlatform) {
    const reason = `${platform} can't be built here without emulation: this machine is ${ownPlatform}`;
    problems.push({ property: "build.platform", reason });
  }
  return problems.length > 0 ? { problems } : { image: data };
}

const ownPlatform = `linux/${process.arch === "x64" ? "amd64" : process.arch}`;

/** The registry that a name begins with: by Docker's rule, a first part with a dot or a port, or localhost. */
export function serverOf(imageName: string): string | undefined {
  const [first, ...rest] = imageName.split("/");
  return rest.length > 0 && /[.:]|^localhost$/.test(first!) ? first : undefined;
}

/** The name without its tag. */
export function repositoryOf(imageName: string): string {
  return imageName.replace(/:[^/:]*$/, "");
}

/**
 * What the builder is asked. As in the official plugin, paths count from the program's working directory, the
 * Dockerfile's too. Throws what is missing.
 */
export async function buildOf({ build }: Pick<Image, "build">): Promise<Build & { dockerfile: string }> {
  const { args, platform, target, addHosts, network } = build;
  const context = resolve(build.context);
  const dockerfile = build.dockerfile ? resolve(build.dockerfile) : resolve(context, "Dockerfile");
  if (!(await exists(context))) throw new Error(`build.context: there is no folder ${context}`);
  if (!(await exists(dockerfile))) {
    const inContext = build.dockerfile && resolve(context, build.dockerfile);
    const hint = inContext && (await exists(inContext)) ? `; it counts from the working directory: ${inContext}` : "";
    throw new Error(`build.dockerfile: there is no file ${dockerfile}${hint}`);
  }
  const ignoreFiles = [`${dockerfile}.dockerignore`, resolve(context, ".dockerignore")];
  const found = await Promise.all(ignoreFiles.map(exists));
  const ignoreFile = ignoreFiles.find((_, index) => found[index]);
  return { context, dockerfile, ignoreFile, args, platform, target, addHosts, network };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
