import type { Ground } from "../ground.ts";
import type { KubeTarget } from "./kubectl.ts";
import { readStack } from "./project.ts";

/** Where the pods of a stack run. */
export interface Place {
  target: KubeTarget;
  namespace: string;
}

/** The cluster that a stack's file names, and the namespace that its program makes there. */
export async function placeOf({ clone, project, pulumi }: Ground, stack: string): Promise<Place> {
  const context = (await readStack(project, stack))?.config?.["palier:context"];
  const target = { context: String(context), env: pulumi.env, ours: context === `palier-${clone.id}` };
  return { target, namespace: `${project.system.name}-${stack}` };
}
