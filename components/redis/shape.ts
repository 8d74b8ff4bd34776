import { memory, oneOf } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { image } from "../names.ts";
import { resources } from "../resources.ts";
import { input, only, optional } from "../shape.ts";
import type { RedisArgs } from "./args.ts";
import { purposes } from "./purpose.ts";

export const redisShape = only<RedisArgs>({
  environment: environmentRef,
  image: input(image),
  purpose: oneOf(Object.keys(purposes)),
  storage: optional(memory),
  resources,
});
