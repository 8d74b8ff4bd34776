import { resolve } from "node:path";
import { z } from "zod";
import { type PropertyMap, reveal } from "../../grpc/values.ts";

const text = z.string().min(1);

const build = z.object({
  context: text.default("."),
  dockerfile: text.optional(),
  args: z.record(z.string(), z.string()).default({}),
  platform: text.optional(),
  target: text.optional(),
  contextDigest: z.string().optional(),
});

/** The inputs of `docker.Image` that this stand-in knows. */
const image = z.object({
  imageName: text,
  build: build.or(text.transform((context) => build.parse({ context }))).prefault({}),
  skipPush: z.boolean().default(false),
  buildOnPreview: z.boolean().default(false),
});

export type ImageInputs = z.infer<typeof image>;

export function imageInputs(inputs: PropertyMap): ImageInputs {
  const parsed = image.safeParse(reveal(inputs));
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
}

export function contextOf({ build }: ImageInputs): string {
  return resolve(build.context);
}

/** As the official plugin has it: a Dockerfile's path counts from the working directory, not from the context. */
export function dockerfileOf({ build }: ImageInputs): string {
  return build.dockerfile ? resolve(build.dockerfile) : resolve(build.context, "Dockerfile");
}
