import type { Input } from "@pulumi/pulumi";
import { rollingSlot, slotLabel } from "../../core/labels.ts";
import { ArgumentError, kindOf, shown } from "../argument.ts";

const digest = /@sha256:([0-9a-f]{8})[0-9a-f]{56}$/;

/**
 * What tells the pods of a release from those of another: the first letters of the image's digest. Names of resources are
 * made of it, so that each release is one of its own to the engine, and an output can't give it: it is known too late.
 */
export function slotOf(path: string, image: Input<string>): string {
  const why = "blueGreen and canary name a release by its image's digest, before anything is made";
  if (typeof image !== "string") {
    throw new ArgumentError(
      path,
      `is ${kindOf(image) ?? "missing"}; give a plain reference that ends in @sha256:…: ${why}`,
    );
  }
  const found = digest.exec(image)?.[1];
  if (found) return found;
  throw new ArgumentError(path, `${shown(image)} has no digest; give a reference that ends in @sha256:…: ${why}`);
}

/** The Deployment of a slot. */
export function deploymentOf(app: string, slot: string): string {
  return slot === rollingSlot ? app : `${app}-${slot}`;
}

/** Labels without the one that tells slots apart: the pods of all of them. */
export function everySlot(selector: Record<string, string>): Record<string, string> {
  const { [slotLabel]: _, ...rest } = selector;
  return rest;
}

/** The release of an image as messages name it: `a1b2c3d4`, or the image itself where it has no digest. */
export function shortDigest(image: string): string {
  return digest.exec(image)?.[1] ?? image;
}
