import { ArgumentError } from "../argument.ts";
import { bucket, credentials, region } from "../backup/shape.ts";
import { type Check, memory } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { link } from "../linkShape.ts";
import { image, variable } from "../names.ts";
import { resources } from "../resources.ts";
import { all, input, only, optional } from "../shape.ts";
import type { ObjectStoreArgs, StoreVariablesArgs } from "./args.ts";
import { objectStoreSettings } from "./settings.ts";

const either: Check = (path, value) => {
  const { endpoint, credentials, image, ...rest } = value as ObjectStoreArgs;
  if (!endpoint === (image === undefined)) {
    const given = endpoint ? "both" : "neither";
    throw new ArgumentError(path, `has ${given} of endpoint and image; give it one of the two`);
  }
  if (!endpoint !== !credentials) {
    const reason = endpoint
      ? "is missing; say who reads and writes there"
      : "goes with an endpoint; a server of one's own makes its keys";
    throw new ArgumentError(`${path}: credentials`, reason);
  }
  const names = Object.values(objectStoreSettings({ ...rest } as ObjectStoreArgs).variables);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new ArgumentError(`${path}: variables`, `"${twice}" is there twice; give each its own`);
};

export const objectStoreShape = all(
  only<ObjectStoreArgs>({
    environment: environmentRef,
    bucket,
    region: optional(region),
    endpoint: optional(link),
    credentials: optional(credentials),
    image: optional(input(image)),
    variables: optional(
      only<StoreVariablesArgs>({
        bucket: optional(variable),
        region: optional(variable),
        id: optional(variable),
        secret: optional(variable),
      }),
    ),
    storage: optional(memory),
    resources,
  }),
  either,
);
