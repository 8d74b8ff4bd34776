import { z } from "zod";
import type { Artefacts } from "../../components/outputs/artefacts.ts";
import type { Rendered } from "../../render/rendered.ts";
import { UsageError } from "../usage.ts";

const names = z.record(z.string(), z.string());

const shape: z.ZodType<Artefacts> = z.strictObject({
  addresses: z.record(z.string(), z.url({ protocol: /^https?$/ })).optional(),
  expo: z.strictObject({ variables: z.record(z.string().regex(/^EXPO_PUBLIC_[A-Z0-9_]+$/), z.string()) }).optional(),
  vercel: z
    .strictObject({
      app: z.string(),
      build: z
        .strictObject({
          framework: z.string().optional(),
          installCommand: z.string().optional(),
          buildCommand: z.string().optional(),
          devCommand: z.string().optional(),
          outputDirectory: z.string().optional(),
        })
        .optional(),
      regions: z.array(z.string()).optional(),
      rewrites: names.optional(),
      imageHosts: z.array(z.string()).optional(),
    })
    .optional(),
  sources: names.optional(),
});

/** What a program says of what stands beside its cluster. Throws {@link UsageError} where that can't be used. */
export function declaredArtefacts({ stack, artefacts = {} }: Rendered): Artefacts {
  const read = shape.safeParse(artefacts);
  if (read.success) return read.data;
  throw new UsageError(`${stack}: the program's export "artefacts" can't be used.\n${z.prettifyError(read.error)}`);
}
