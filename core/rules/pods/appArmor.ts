import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { podRule } from "./podRule.ts";
import { everywhereStated } from "./securityContext.ts";

const annotation = "container.apparmor.security.beta.kubernetes.io/";

export const appArmorProfile = podRule(
  {
    id: "apparmor-profile",
    description: "AppArmor is the runtime's default or a profile of the node's, never off.",
    why: "Nothing stops a program that was taken over from mounting file systems and writing the kernel's settings.",
    severity: "medium",
    levels: fromStagingOn,
    rows: ["A12"],
    frameworks: ["PSS baseline", "NSA"],
  },
  (pod) => [
    ...pod.metadata
      .at("annotations")
      .entries()
      .filter((field) => field.unknown || field.key.startsWith(annotation))
      .flatMap((field) =>
        judge(field, () =>
          /^(|runtime\/default|localhost\/.*)$/.test(field.text ?? "")
            ? []
            : [finding(field, { problem: "turns AppArmor off", fix: "write runtime/default", value: field.text })],
        ),
      ),
    ...everywhereStated(pod, "appArmorProfile", "type").flatMap(({ field, container }) =>
      judge(
        field,
        () =>
          ["RuntimeDefault", "Localhost"].includes(field.text ?? "")
            ? []
            : [
                finding(
                  field,
                  { problem: "turns AppArmor off", fix: "write RuntimeDefault", value: field.text },
                  container,
                ),
              ],
        container,
      ),
    ),
  ],
);
