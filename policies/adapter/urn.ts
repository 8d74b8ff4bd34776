/** What a resource's name tells: where it runs, what it is, and which component it belongs to. */
export interface Urn {
  readonly stack: string;
  readonly project: string;
  /** The types from the root component down to the resource itself. */
  readonly types: readonly string[];
  readonly name: string;
}

export function parseUrn(urn: string): Urn {
  const [stack = "", project = "", types = "", ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
  return { stack, project, types: types.split("$"), name: name.join("::") };
}

/** `App "api"` for a child of one of our components; undefined for everything else. */
export function componentTitle(parent: string | undefined): string | undefined {
  if (!parent) return undefined;
  const { types, name } = parseUrn(parent);
  const component = /^palier:.*:(\w+)$/.exec(types.at(-1) ?? "")?.[1];
  return component && `${component} "${name}"`;
}

/** `Deployment` of `kubernetes:apps/v1:Deployment`; undefined for a resource of another provider. */
export function kubernetesKind(type: string): string | undefined {
  return /^kubernetes:[^:]+:([^:]+)$/.exec(type)?.[1];
}
