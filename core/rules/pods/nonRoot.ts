import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { containerRule, podRule } from "./podRule.ts";
import { effective, everywhereStated } from "./securityContext.ts";

export const runAsNonRoot = containerRule(
  {
    id: "run-as-non-root",
    description: "Every container says that it does not run as root, itself or by the pod.",
    why: "The image decides, and most images say root: who gets out of the container is root on the node.",
    severity: "medium",
    levels: advisedFromStagingOn,
    demands: ["R-40"],
    rows: ["B04"],
    frameworks: ["PSS restricted", "CIS 5.2.7", "NSA"],
  },
  (container, pod) => {
    const field = effective(container, pod, "runAsNonRoot");
    const words = { problem: field.absent ? "is not set" : "lets it run as root", fix: "write true" };
    if (field.absent) return pod.partial ? [] : [finding(field, words, container.name)];
    return judge(
      field,
      () => (field.text === "true" ? [] : [finding(field, { ...words, value: field.text }, container.name)]),
      container.name,
    );
  },
);

export const notUserZero = podRule(
  {
    id: "not-user-zero",
    description: "No pod or container runs as user 0.",
    why: "Root may change every file of the image and its volumes, and who gets out of the container is root on the node.",
    severity: "medium",
    levels: advisedFromStagingOn,
    demands: ["R-40"],
    rows: ["B05"],
    frameworks: ["PSS restricted"],
  },
  (pod) =>
    everywhereStated(pod, "runAsUser").flatMap(({ field, container }) =>
      judge(
        field,
        () =>
          Number(field.text) > 0
            ? []
            : [finding(field, { problem: "is root", fix: "write a number above 0", value: field.text }, container)],
        container,
      ),
    ),
);
