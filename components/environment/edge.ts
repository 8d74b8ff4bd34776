import * as pulumi from "@pulumi/pulumi";
import type { EdgeControllerArgs } from "../edge/controllerArgs.ts";
import { edgeController } from "../edge/controllerShape.ts";

/** What the program says of the edge, else the stack's configuration. */
export function edgeOf({ edge }: { edge?: EdgeControllerArgs }): EdgeControllerArgs | undefined {
  const told = new pulumi.Config("palier").get("edge");
  if (edge || told === undefined) return edge;
  let given: unknown = told;
  try {
    given = JSON.parse(told);
  } catch {}
  edgeController("palier:edge", given);
  return given as EdgeControllerArgs;
}
