import { name, pattern, text } from "../check.ts";
import { all, having, input, only, optional } from "../shape.ts";
import type { EnvironmentArgs, EnvironmentRef } from "./args.ts";
import { meaningOf } from "./stage.ts";

export const namespaceName = pattern(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  "1–63 lower-case letters, digits and inner dashes",
);

const stage = all(text(100), (path, value) => void meaningOf(path, value as string));

export const environmentShape = only<EnvironmentArgs>({
  stage: optional(stage),
  namespace: optional(namespaceName),
  context: optional(text(1000)),
  kubeconfig: optional(text(1_000_000)),
});

export const environmentRef = having<EnvironmentRef>({ system: name(40), stage, namespace: input(namespaceName) });
