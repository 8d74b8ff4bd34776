import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { render } from "../../render/render.ts";
import type { Rendered } from "../../render/rendered.ts";

/** The example of a component, and what it declares. */
export interface Example {
  /** As a reader's own program. */
  readonly source: string;
  readonly rendered: Rendered;
}

/** What `pulumi config set --secret` would have left there. */
const secret = { "shop:STRIPE_SECRET_KEY": { secure: "v1:" } };

/** Runs the example of this name, in staging. */
export async function runExample(root: string, name: string): Promise<Example> {
  const program = join(root, "docs/components/examples", `${name}.ts`);
  const source = await readFile(program, "utf8").catch(() => {
    throw new Error(`${name} has no example: write docs/components/examples/${name}.ts`);
  });
  const folder = await mkdtemp(join(tmpdir(), "palier-example-"));
  try {
    await writeFile(join(folder, "Pulumi.yaml"), JSON.stringify({ name: "shop", runtime: "nodejs", main: program }));
    await writeFile(join(folder, "Pulumi.staging.yaml"), JSON.stringify({ config: secret }));
    const rendered = await render({ project: folder, stack: "staging" });
    return { source: source.replace('"../../../index.ts"', '"palier"'), rendered };
  } finally {
    await rm(folder, { recursive: true });
  }
}
