import { bytes } from "../../core/quantity.ts";
import { ArgumentError, below } from "../argument.ts";
import { type Check, cpu, memory, name, pattern, text, textWhere, whole } from "../check.ts";
import { edgeController } from "../edge/controllerShape.ts";
import { labelKey, labelValue, namespaceName, objectName } from "../names.ts";
import { all, having, input, map, only, optional } from "../shape.ts";
import type { EnvironmentArgs, EnvironmentRef, PriorityClassArgs, PrometheusArgs } from "./args.ts";
import { usual } from "./bounds.ts";
import type { ContainersArgs, QuotaArgs } from "./boundsArgs.ts";
import type { ClusterArgs } from "./clusterArgs.ts";
import { peopleShape } from "./people.ts";
import { checkedProfile, profileShape, profilesShape } from "./profile.ts";
import { meaningOf } from "./stage.ts";

const context = textWhere(
  (value) => value.length > 0 && value.length <= 1000 && !value.includes("\0"),
  "the name of a context, of 1–1000 characters",
);

const stage = all(text(100), (path, value) => void meaningOf(path, value as string));

const priorityName = all(
  objectName,
  pattern(/^(?!system-)/, "a name without the system- that Kubernetes keeps for itself"),
);

const within: Check = (path, value) => {
  const { memory = usual.memory, mostMemory } = value as ContainersArgs;
  if (mostMemory !== undefined && bytes(mostMemory)! < bytes(memory)!) {
    throw new ArgumentError(below(path, "mostMemory"), `${mostMemory} is less than memory, ${memory}; give as much`);
  }
};

export const prometheusShape = only<PrometheusArgs>({
  namespace: optional(namespaceName),
  labels: optional(map(labelKey, labelValue)),
  prober: optional(
    pattern(/^[-a-zA-Z0-9.]{1,253}:\d{1,5}$/, "a host and its port such as blackbox-exporter.monitoring:9115"),
  ),
  runbooks: optional(pattern(/^\S{1,999}[^\s/]$/, "an address without spaces and without a slash at its end")),
});

export const quotaShape = only<QuotaArgs>({
  cpu: optional(cpu),
  memory: optional(memory),
  storage: optional(memory),
  pods: optional(whole(1, 100_000)),
});

export const environmentShape = only<EnvironmentArgs>({
  stage: optional(stage),
  namespace: optional(namespaceName),
  context: optional(context),
  kubeconfig: optional(text(1_000_000)),
  profiles: optional(profilesShape),
  quota: optional(quotaShape),
  containers: optional(
    all(only<ContainersArgs>({ cpu: optional(cpu), memory: optional(memory), mostMemory: optional(memory) }), within),
  ),
  priorityClass: optional(
    only<PriorityClassArgs>({ name: priorityName, value: optional(whole(-2_147_483_648, 1_000_000_000)) }),
  ),
  prometheus: optional(prometheusShape),
  reviewHours: optional(whole(1, 8760)),
  edge: optional(edgeController),
  people: optional(peopleShape),
});

const floored: Check = (path, value) => {
  const { stage, profile } = value as EnvironmentRef;
  checkedProfile(below(path, "profile"), meaningOf(below(path, "stage"), stage), profile);
};

export const environmentRef = all(
  having<EnvironmentRef>({
    system: name(40),
    stage,
    namespace: input(namespaceName),
    profile: optional(profileShape),
    priorityClassName: optional(input(objectName)),
    edge: optional(edgeController),
    prometheus: optional(prometheusShape),
    cluster: optional(only<ClusterArgs>({ context, kubeconfig: optional(text(1_000_000)) })),
  }),
  floored,
);
