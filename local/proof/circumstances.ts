import { cpus, loadavg, release, totalmem } from "node:os";
import { kubernetesVersion } from "../cluster.ts";
import { engineVersion } from "../engine.ts";
import { elapsed } from "../steps.ts";

/** When, where and on what something ran, as a sentence: figures mean nothing without it. */
export function circumstances(since: Date, loadBefore: number, wentOn: boolean): string {
  const after = wentOn ? ", going on from where a run before it ended," : "";
  const ran = `Ran ${since.toISOString().slice(0, 10)} for ${elapsed(Date.now() - since.getTime())}${after}`;
  const machine = `${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;
  const versions = `Kubernetes ${kubernetesVersion}, Pulumi ${engineVersion}, Node ${process.versions.node}`;
  return `${ran} on ${machine}; ${versions}; load ${loadBefore.toFixed(1)} before and ${loadavg()[0]!.toFixed(1)} after.`;
}
