import { ArgumentError, below, kindOf, shown, wrong } from "../../argument.ts";
import { store } from "../../backup/shape.ts";
import { type Check, cidr, memory, name, oneOf, whole } from "../../check.ts";
import { image, namespaceName } from "../../names.ts";
import { list, only, optional } from "../../shape.ts";
import { schedule } from "../../task/shape.ts";
import type { PostgresArgs } from "../args.ts";
import type { PostgresArchiveArgs, PostgresClusterArgs, PostgresOperatorArgs, PostgresRecoveryArgs } from "./args.ts";
import { owned } from "./owned.ts";

const moment: Check = (path, value) => {
  const allowed = "a time such as 2026-11-20T02:00:00Z";
  if (typeof value !== "string") throw wrong(path, kindOf(value), allowed);
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(value) && !Number.isNaN(Date.parse(value));
  if (!time) throw wrong(path, shown(value), allowed);
};

export const clusterShape = only<PostgresClusterArgs>({
  instances: optional(whole(1, 9)),
  synchronous: optional(whole(0, 8)),
  walStorage: optional(memory),
  user: optional(whole(1, 65_535)),
  archive: optional(
    only<PostgresArchiveArgs>({
      to: store,
      schedule: optional(schedule),
      keepDays: optional(whole(1, 3650)),
      encryption: optional(oneOf(["AES256", "aws:kms", "none"])),
    }),
  ),
  restore: optional(
    only<PostgresRecoveryArgs>({ from: store, server: optional(name(40)), targetTime: optional(moment) }),
  ),
  operator: optional(
    only<PostgresOperatorArgs>({
      namespace: optional(namespaceName),
      apiServerCidrs: optional(list(cidr, 1)),
      apiServerPorts: optional(list(whole(1, 65_535), 1)),
    }),
  ),
});

/** The operator reads the version from the tag. */
const versioned: Check = (path, value) => {
  if (typeof value !== "string") return;
  image(path, value);
  const [, tag] = /:(\w[\w.-]*)(?:@|$)/.exec(value.replace(/^.*\//, "")) ?? [];
  if (tag !== undefined && /^\d{2}([.\-_]|$)/.test(tag)) return;
  const allowed = "a reference whose tag begins with the version, before its digest: …/postgresql:17.5@sha256:…";
  throw wrong(path, shown(value), `${allowed}; the operator reads it there`);
};

/** What goes with a cluster, and what does not. */
export const asCluster: Check = (path, value) => {
  const { cluster, external, parameters = {}, image: reference, databases } = value as PostgresArgs;
  if (!cluster) return;
  if (external) throw new ArgumentError(`${path}: cluster`, "can't be given with external: leave one of the two out");
  versioned(`${path}: image`, reference);
  for (const name of Object.keys(parameters)) {
    if (!owned.has(name) || name === "shared_preload_libraries") continue;
    throw new ArgumentError(
      below(`${path}: parameters`, name),
      `"${name}" can't be given: CloudNativePG sets it itself`,
    );
  }
  const restored = Object.keys(databases).find((name) => databases[name]?.restore);
  if (!cluster.restore || restored === undefined) return;
  const at = below(below(`${path}: databases`, restored), "restore");
  throw new ArgumentError(at, "can't be given with cluster.restore, by which the database is there already");
};
