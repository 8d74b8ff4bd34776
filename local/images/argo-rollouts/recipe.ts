import { addUser, type Recipe } from "../recipe.ts";

/**
 * The controller of Argo Rollouts, as its own image has it. No start makes it.
 *
 * @param controller File of its program. @param version Of it.
 */
export function argoRollouts(controller: string, version: string): Recipe {
  return {
    name: "argo-rollouts",
    packages: ["busybox"],
    ingredients: [version],
    async fill(rootfs) {
      await addUser(rootfs, "argo-rollouts", 999, "/home/argo-rollouts");
      await rootfs.put(controller, "/bin/rollouts-controller");
    },
  };
}
