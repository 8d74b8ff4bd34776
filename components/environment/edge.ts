import type { EdgeControllerArgs } from "../edge/controllerArgs.ts";
import { edgeController } from "../edge/controllerShape.ts";
import { structured } from "./structured.ts";

/** What the program says of the edge, else the stack's configuration. */
export function edgeOf({ edge }: { edge?: EdgeControllerArgs }): EdgeControllerArgs | undefined {
  return edge ?? structured("edge", edgeController);
}
