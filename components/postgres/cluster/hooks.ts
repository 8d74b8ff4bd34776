import * as pulumi from "@pulumi/pulumi";
import { bytes } from "../../../core/quantity.ts";
import { areHooksHere } from "../../areHooksHere.ts";
import { ArgumentError } from "../../argument.ts";

interface Spec {
  storage: { size: string };
  walStorage?: { size: string };
  bootstrap: { recovery?: object };
}

/** Refuses what the operator would refuse late, or pass over in silence, of a cluster that is there already. @param path The component. */
export function clusterHooks(path: string, name: string): pulumi.ResourceHookBinding | undefined {
  if (!areHooksHere()) return undefined;
  const look = new pulumi.ResourceHook(`${name}: what its cluster may become`, ({ oldInputs, newInputs }) =>
    checkChange(path, oldInputs?.["spec"], newInputs?.["spec"]),
  );
  return { beforeUpdate: [look] };
}

/** @param from What the cluster is. @param to What it would be. */
export function checkChange(path: string, from: Spec | undefined, to: Spec | undefined): void {
  if (!from || !to) return;
  checkSize(`${path}: storage`, from.storage.size, to.storage.size);
  if (from.walStorage) checkSize(`${path}: cluster.walStorage`, from.walStorage.size, to.walStorage?.size);
  const { recovery } = to.bootstrap;
  if (!recovery || JSON.stringify(recovery) === JSON.stringify(from.bootstrap.recovery)) return;
  const reason = "would go over a living cluster; restore into a new one, by another name, and lead the links to it";
  throw new ArgumentError(`${path}: cluster.restore`, reason);
}

function checkSize(path: string, from: string, to: string | undefined): void {
  if (to === undefined) {
    throw new ArgumentError(path, `can't be taken away: the write-ahead log is on it; leave ${from}`);
  }
  if (bytes(to)! >= bytes(from)!) return;
  throw new ArgumentError(path, `"${to}" is less than the ${from} that is there, and a volume can't shrink`);
}
