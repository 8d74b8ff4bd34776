import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { containerRule } from "../pods/podRule.ts";

const probes = ["livenessProbe", "readinessProbe", "startupProbe"];
const ways = ["httpGet", "tcpSocket", "grpc"];

export const probePorts = containerRule(
  {
    id: "probe-port-exists",
    description:
      "A probe asks a port that its container has: by a name that is declared, or a number among those that are.",
    why: "The probe can only fail: the pod never gets ready, or is started anew without end.",
    severity: "high",
    levels: fromStagingOn,
    rows: ["E04"],
  },
  ({ field, name }, { partial }) => {
    const ports = field.at("ports").items();
    if (partial || ports.some((port) => port.unknown || [...port.leaves()].some(({ unknown }) => unknown))) return [];
    const names = new Set(ports.map((port) => port.at("name").text));
    const numbers = new Set(ports.map((port) => port.at("containerPort").text));
    return probes
      .flatMap((probe) => ways.map((way) => field.at(probe, way, "port")))
      .flatMap((port) =>
        judge(
          port,
          () => {
            const text = port.text ?? "";
            const known = /^\d+$/.test(text) ? ports.length === 0 || numbers.has(text) : names.has(text);
            const fix = "name a port of the container";
            return known ? [] : [finding(port, { problem: "is no port of the container", fix, value: text }, name)];
          },
          name,
        ),
      );
  },
);
