import type { Step } from "../steps.ts";
import { awaitEnds } from "./ending.ts";
import { type KubeTarget, kubectl } from "./kubectl.ts";
import type { StateResource } from "./stacks.ts";

/** While the run was at work that was cut off; without an end where it was killed. */
export interface Span {
  since: Date;
  until?: Date;
}

/** An object of the cluster, as far as it matters whose it is. */
export interface Found {
  kind: string;
  namespace: string;
  name: string;
  created: Date;
  /** Who has set fields of it. */
  managers: string[];
}

/**
 * Removes what an engine has made in the stack's namespaces since the run began that was cut off, and never wrote down: it
 * refers to nothing and nothing refers to it, since whatever needs it waits until it is written down. The next update makes it
 * anew. Nothing older is touched, and nothing that anyone else has made; on a cluster of one's own it is only told of. How
 * many were removed.
 */
export async function removeHalfMade(
  step: Step,
  target: KubeTarget,
  { known, unfinished, namespace }: { known: StateResource[]; unfinished: StateResource[]; namespace: string },
  during: Span,
): Promise<number> {
  const namespaces = namespacesOf([...known, ...unfinished], namespace);
  await awaitEnds(step, target, namespaces);
  const left = unknown(await listObjects(target, namespaces), known, during);
  for (const { kind, namespace, name } of left) {
    const scope = namespace ? ["--namespace", namespace] : [];
    if (!target.ours) {
      // Somebody else's stack may have made it there meanwhile.
      step.say(
        `the state does not know ${kind} ${name}; if it is a leftover: kubectl delete ${[kind, name, ...scope].join(" ")}`,
      );
      continue;
    }
    step.say(`removing ${kind} ${name}, which the state does not know`);
    await kubectl(target, "delete", kind, name, ...scope, "--cascade=foreground", "--ignore-not-found", "--timeout=3m");
  }
  return target.ours ? left.length : 0;
}

/** Those that an engine has made since then and the state does not know. A namespace goes last. */
export function unknown(objects: Found[], known: StateResource[], { since, until }: Span): Found[] {
  const ids = new Set(known.map(({ type, id }) => `${type.split(":").at(-1)} ${id}`));
  const idOf = ({ kind, namespace, name }: Found) => `${kind} ${namespace ? `${namespace}/` : ""}${name}`;
  const madeByEngine = ({ managers }: Found) => managers.some((manager) => manager.startsWith("pulumi-kubernetes-"));
  const meanwhile = ({ created }: Found) => created >= since && (until === undefined || created <= until);
  const left = objects.filter((one) => madeByEngine(one) && meanwhile(one) && !ids.has(idOf(one)));
  return left.sort((a, b) => Number(b.namespace !== "") - Number(a.namespace !== ""));
}

function namespacesOf(resources: StateResource[], usual: string): string[] {
  const given = resources.flatMap(({ type, inputs }) => {
    const metadata = inputs?.metadata;
    return type.endsWith(":Namespace") ? metadata?.name : metadata?.namespace;
  });
  return [...new Set([usual, ...given])].filter((name) => name !== undefined);
}

async function listObjects(target: KubeTarget, namespaces: string[]): Promise<Found[]> {
  const there = (await list(target, "namespaces")).filter(({ name }) => namespaces.includes(name));
  if (there.length === 0) return [];
  const all = await kubectl(target, "api-resources", "--verbs=list,delete", "--namespaced=true", "--output=name");
  const kinds = all.split("\n").filter((kind) => kind !== "" && !/^(events|endpoints|endpointslices)\b/.test(kind));
  const inside = there.map(({ name }) => list(target, kinds.join(","), "--namespace", name));
  return [...(await Promise.all(inside)).flat(), ...there];
}

const columns = [
  "{.kind}",
  "{.metadata.namespace}",
  "{.metadata.name}",
  "{.metadata.creationTimestamp}",
  "{.metadata.managedFields[*].manager}",
];

/** Not as JSON: the contents of Secrets stay where they are. */
async function list(target: KubeTarget, ...what: string[]): Promise<Found[]> {
  const template = `jsonpath={range .items[*]}${columns.join('{"\\t"}')}{"\\n"}{end}`;
  const text = await kubectl(target, "get", ...what, "--show-managed-fields", "--output", template);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const [kind = "", namespace = "", name = "", created = "", managers = ""] = line.split("\t");
    return { kind, namespace, name, created: new Date(created), managers: managers.split(" ") };
  });
}
