import { ArgumentError, below } from "../argument.ts";
import { type Check, oneOf, whole } from "../check.ts";
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

export const edgeController = all(
  only<EdgeControllerArgs>({
    family: oneOf([...new Set(Object.values(ways).map(({ family }) => family))]),
    api: optional(oneOf(["ingress", "gateway"])),
    className: optional(objectName),
    namespace: optional(namespaceName),
    selector: optional(map(labelKey, labelValue, 1)),
    clusterIssuer: optional(objectName),
    httpPort: port,
    httpsPort: port,
  }),
  spoken,
);
