import { createHash, randomBytes } from "node:crypto";
import type { CheckRequest } from "../../grpc/provider.ts";
import { isPropertyMap, type PropertyMap, reveal, Secret, type Value } from "../../grpc/values.ts";
import { annotation, isAnnotatedTrue } from "./model/annotations.ts";
import { at, text } from "./model/object.ts";

type Naming = Pick<CheckRequest, "olds" | "name" | "randomSeed" | "autonaming">;

/**
 * A name for what the program left unnamed: the old one if that was made here too, else what the stack's
 * `pulumi:autonaming` says, else the resource's name with eight digits that are the same in preview and update. A
 * replaced resource has no olds and so gets a new name.
 */
export function withName(news: PropertyMap, { olds, name, randomSeed, autonaming }: Naming): PropertyMap {
  const metadata = at(reveal(news), "metadata");
  const given = at(metadata, "name");
  if (given !== undefined && given !== "") return news;
  if (metadata !== undefined && !isPropertyMap(metadata)) return news;
  const old = reveal(olds ?? {});
  if (Object.keys(old).length > 0) {
    return isAnnotatedTrue(old, annotation.autonamed) ? autonamed(news, text(at(old, "metadata", "name"))) : news;
  }
  const generated = at(metadata, "generateName");
  if (generated !== undefined && generated !== "") return news;
  if (autonaming?.mode === "disable") return news;
  return autonamed(news, autonaming?.proposedName || `${name}-${suffix(randomSeed)}`);
}

export function suffix(seed: Uint8Array): string {
  const bytes = seed.length > 0 ? createHash("sha256").update(seed).digest() : randomBytes(4);
  return bytes.subarray(0, 4).toString("hex");
}

function autonamed(news: PropertyMap, name: string): PropertyMap {
  return changeMap(news, "metadata", (metadata) =>
    changeMap({ ...metadata, name }, "annotations", (annotations) => ({
      ...annotations,
      [annotation.autonamed]: "true",
    })),
  );
}

export function withNamespace(news: PropertyMap, namespace: string): PropertyMap {
  const given = at(reveal(news), "metadata", "namespace");
  if (given !== undefined && given !== "") return news;
  return changeMap(news, "metadata", (metadata) => ({ ...metadata, namespace }));
}

/** Changes a property that holds a map, inside of a secret too; what is not known yet stays as it is. */
function changeMap(outer: PropertyMap, key: string, change: (inner: PropertyMap) => PropertyMap): PropertyMap {
  const inner: Value | undefined = outer[key];
  if (inner instanceof Secret && isPropertyMap(inner.value))
    return { ...outer, [key]: new Secret(change(inner.value)) };
  if (inner === undefined || isPropertyMap(inner)) return { ...outer, [key]: change(inner ?? {}) };
  return outer;
}
