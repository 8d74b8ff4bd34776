import type * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "../argument.ts";

/** A resource of an environment, below all that it is a part of; the environment comes first. */
type Path = readonly { readonly type: string; readonly name: string }[];

/**
 * Options of an environment in which no two declarations come to the same name: what a link, a process or a hook is called
 * becomes a part of names, and `api` with `database-url` may be `api-database` with `url`. The engine would tell of URNs, and
 * of an object of another component's only the API server, with half of it made.
 */
export function namedOnce(opts: pulumi.ComponentResourceOptions): pulumi.ComponentResourceOptions {
  const paths = new WeakMap<pulumi.Resource, Path>();
  const resources = new Map<string, Path>();
  /** By namespace, which may be an output: then it is the environment's own, the same for all. */
  const objects = new Map<unknown, Map<string, Path>>();
  const once: pulumi.ResourceTransformation = ({ resource, type, name, props, opts: { parent } }) => {
    const path = [...((parent && paths.get(parent)) ?? []), { type, name }];
    paths.set(resource, path);
    claim(resources, `${path.map((one) => one.type).join("$")}::${name}`, name, path);
    const { name: object, namespace } = (props.metadata ?? {}) as { name?: unknown; namespace?: unknown };
    if (!type.startsWith("kubernetes:") || typeof object !== "string") return undefined;
    const near = objects.get(namespace) ?? new Map<string, Path>();
    objects.set(namespace, near);
    claim(near, `${type} ${object}`, object, path);
    return undefined;
  };
  return { ...opts, transformations: [...(opts.transformations ?? []), once] };
}

function claim(taken: Map<string, Path>, key: string, name: string, path: Path): void {
  const other = taken.get(key);
  if (other) throw new ArgumentError(titleOf(ownerOf(path)), clash(name, path, other));
  taken.set(key, path);
}

function clash(name: string, path: Path, other: Path): string {
  const [own, first] = [ownerOf(path), ownerOf(other)];
  const what = shortType(path.at(-1)!.type);
  const given = "the link, process, hook or secret behind";
  if (titleOf(own) === titleOf(first)) {
    if (path.length <= 2) return "there is one already; give each a name of its own";
    return `two of its arguments make its ${what} ${name}; rename ${given} one of them`;
  }
  const rests = [own, first]
    .filter((owner) => own.name !== first.name && name.startsWith(`${owner.name}-`))
    .map((owner) => `"${name.slice(owner.name.length + 1)}" of ${titleOf(owner)}`);
  const or = rests.length > 0 ? `, or ${given} ${rests.join(" or ")}` : "";
  return `its ${what} would be named ${name}, as that of ${titleOf(first)} is; rename one of the two${or}`;
}

/** What the program itself declares in the environment. */
function ownerOf(path: Path): Path[number] {
  return path[1] ?? path[0]!;
}

function titleOf({ type, name }: Path[number]): string {
  return `${shortType(type)} ${name}`;
}

/** `NetworkPolicy` of `kubernetes:networking.k8s.io/v1:NetworkPolicy`. */
function shortType(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}
