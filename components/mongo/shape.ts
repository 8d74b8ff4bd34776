import { cidr, whole } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { secretKey } from "../linkShape.ts";
import { host } from "../outside/shape.ts";
import { list, only, optional } from "../shape.ts";
import type { MongoArgs } from "./args.ts";

export const mongoShape = only<MongoArgs>({
  environment: environmentRef,
  host,
  port: optional(whole(1, 65535)),
  cidrs: optional(list(cidr, 1)),
  address: secretKey,
});
