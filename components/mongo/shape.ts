import { ArgumentError, below } from "../argument.ts";
import { moment, store } from "../backup/shape.ts";
import { type Check, cidr, memory, name, whole } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { secretKey } from "../linkShape.ts";
import { image, mongoDatabase } from "../names.ts";
import { host } from "../outside/shape.ts";
import { all, input, list, only, optional } from "../shape.ts";
import type { MongoArgs, MongoRestoreArgs } from "./args.ts";

const restore = only<MongoRestoreArgs>({
  image: input(image),
  from: store,
  identity: secretKey,
  at: optional(moment),
  server: optional(name(40)),
  storage: optional(memory),
  deadlineSeconds: optional(whole(60, 86_400)),
});

const own = only<MongoArgs>({
  environment: environmentRef,
  host,
  port: optional(whole(1, 65535)),
  cidrs: optional(list(cidr, 1)),
  address: secretKey,
  database: optional(mongoDatabase),
  restore: optional(restore),
});

const named: Check = (path, value) => {
  const { database, restore } = value as MongoArgs;
  if (!restore || database !== undefined) return;
  throw new ArgumentError(below(path, "database"), "is missing; a restore fills one, whose name it is");
};

export const mongoShape = all(own, named);
