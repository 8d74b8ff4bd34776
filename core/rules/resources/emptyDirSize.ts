import { refuseAbsent } from "../judge.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { podRule } from "../pods/podRule.ts";

export const emptyDirSize = podRule(
  {
    id: "empty-dir-size",
    description: "Every emptyDir has a size limit, or its containers ask for ephemeral storage.",
    why: "The node's disk runs full, and the kubelet evicts pods that did nothing wrong.",
    severity: "low",
    levels: advisedFromStagingOn,
    rows: ["D09"],
  },
  ({ spec, containers }) => {
    const asked = (name?: string) =>
      containers
        .filter(({ field }) =>
          field
            .at("volumeMounts")
            .items()
            .some((mount) => mount.at("name").text === name),
        )
        .every(({ field }) =>
          ["requests", "limits"].every((kind) => !field.at("resources", kind, "ephemeral-storage").absent),
        );
    return spec
      .at("volumes")
      .items()
      .map((volume) => ({ name: volume.at("name").text, source: volume.at("emptyDir") }))
      .filter(({ name, source }) => !source.absent && !asked(name))
      .flatMap(({ source }) => {
        const words = { problem: "is not set: it may fill the node", fix: "write a quantity such as 64Mi" };
        return refuseAbsent(source.at("sizeLimit"), words);
      });
  },
);
