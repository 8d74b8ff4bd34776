import { environmentLabel } from "../../core/labels.ts";
import { stageOfStack } from "../adapter/stackStage.ts";
import { mapAt, type Remediation } from "./remediation.ts";

/** On the object itself alone: a label of its pods would replace them, and one of a selector could not be changed. */
export const fixEnvironmentLabel: Remediation = {
  name: "fix-environment-label",
  description: "Labels each object with the environment that it runs in, where it says nothing of it.",
  mend: (inputs, _kind, stack) => {
    const stage = stageOfStack(stack);
    if (stage === undefined || inputs["metadata"] === undefined) return false;
    const labels = mapAt(mapAt(inputs, "metadata"), "labels");
    if (labels[environmentLabel] !== undefined) return false;
    labels[environmentLabel] = stage;
    return true;
  },
};
