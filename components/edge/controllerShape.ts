import { ArgumentError, below } from "../argument.ts";
import { type Check, flag, oneOf, whole } from "../check.ts";
import { labelKey, labelValue, namespaceName, objectName } from "../names.ts";
import { all, map, only, optional } from "../shape.ts";
import { wayOf } from "./controller.ts";
import type { EdgeControllerArgs } from "./controllerArgs.ts";
import { ways } from "./ways.ts";

const port = optional(whole(1, 65535));

const spoken: Check = (path, value) => {
  const args = value as EdgeControllerArgs;
  if (wayOf(args)) return;
  const known = Object.values(ways).filter(({ family }) => family === args.family);
  const allowed = known.map(({ api }) => api).join(" or ");
  throw new ArgumentError(below(path, "api"), `"${args.api}" is not allowed for ${args.family}; give ${allowed}`);
};

const oneSigner: Check = (path, value) => {
  const { clusterIssuer, generated } = value as EdgeControllerArgs;
  if (clusterIssuer !== undefined && generated)
    throw new ArgumentError(path, "clusterIssuer and generated are given; give one of the two");
};

export const edgeController = all(
  only<EdgeControllerArgs>({
    family: oneOf([...new Set(Object.values(ways).map(({ family }) => family))]),
    api: optional(oneOf(["ingress", "gateway"])),
    className: optional(objectName),
    namespace: optional(namespaceName),
    selector: optional(map(labelKey, labelValue, 1)),
    clusterIssuer: optional(objectName),
    generated: optional(flag),
    httpPort: port,
    httpsPort: port,
  }),
  spoken,
  oneSigner,
);
