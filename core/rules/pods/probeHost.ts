import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { containerRule } from "./podRule.ts";

const handlers = [
  ["startupProbe"],
  ["readinessProbe"],
  ["livenessProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
];

export const noProbeHost = containerRule(
  {
    id: "no-probe-host",
    description: "Probes and lifecycle hooks ask the pod itself: a host would make the kubelet ask anybody.",
    why: "The kubelet asks from the node's network, and so reaches what no pod may, such as the cloud's metadata service.",
    severity: "medium",
    levels: fromStagingOn,
    rows: ["A15"],
    frameworks: ["PSS baseline"],
  },
  ({ field, name }) =>
    handlers
      .flatMap((path) => ["httpGet", "tcpSocket"].map((way) => field.at(...path, way, "host")))
      .flatMap((host) =>
        judge(
          host,
          () =>
            host.text === ""
              ? []
              : [
                  finding(
                    host,
                    { problem: "makes the kubelet ask another host", fix: "leave it out", value: host.text },
                    name,
                  ),
                ],
          name,
        ),
      ),
);
