import type { types } from "@pulumi/kubernetes";
import { ArgumentError, shown, wrong } from "../argument.ts";
import { type Check, memory } from "../check.ts";
import { map, optional } from "../shape.ts";

/** Paths that can be written, with their sizes: what has no other place goes into `/tmp`. */
export type Writable = { [path: string]: string };

/** Links and flags are mounted below it. */
const palier = "/etc/palier";

const path: Check = (at, value) => {
  const text = String(value);
  const allowed = "an absolute path of letters, digits, dots, dashes and underscores, at most 200 characters";
  if (!/^(\/(?!\.{1,2}(\/|$))[-\w.]+)+$/.test(text) || text.length > 200) throw wrong(at, shown(text), allowed);
  if (`${text}/`.startsWith(`${palier}/`) || text === "/etc") {
    throw new ArgumentError(at, `"${text}" holds what Palier mounts; give another path`);
  }
};

export const writablePaths = optional(map(path, memory));

export function writable(given: Writable = {}): Writable {
  return { "/tmp": "64Mi", ...given };
}

/** Each with a limit, so that none fills the node's disk. */
export function writableVolumes(paths: Writable): types.input.core.v1.Volume[] {
  return Object.entries(paths).map(([path, sizeLimit], index) => ({
    name: volumeName(path, index),
    emptyDir: { sizeLimit },
  }));
}

export function writableMounts(paths: Writable): types.input.core.v1.VolumeMount[] {
  return Object.keys(paths).map((path, index) => ({ name: volumeName(path, index), mountPath: path }));
}

function volumeName(path: string, index: number): string {
  return path === "/tmp" ? "temporary" : `writable-${index}`;
}
