import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { everywhere } from "../levels.ts";
import { podRule } from "./podRule.ts";

const socket = /\/(docker|containerd|crio|cri-dockerd|podman|buildkitd)\.sock\/?$|\/run\/(containerd|crio|docker)\/?$/;

export const noRuntimeSocket = podRule(
  {
    id: "no-container-runtime-socket",
    description: "No pod holds the container runtime's socket: whoever does is root on the node.",
    why: "One request to it starts a privileged container with the node's disk mounted, past every other rule.",
    severity: "critical",
    levels: everywhere,
    rows: ["A05"],
  },
  ({ spec }) =>
    spec
      .at("volumes")
      .items()
      .flatMap((volume) =>
        judge(volume.at("hostPath", "path"), (field) =>
          socket.test(field.text ?? "")
            ? [finding(field, { problem: "hands over the container runtime", fix: "leave it out", value: field.text })]
            : [],
        ),
      ),
);
