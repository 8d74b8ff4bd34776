import type { EngineLog } from "./engine-log.ts";
import type { PropertyMap } from "./values.ts";

/** Which resource a call is about. `type` is the token, such as `random:index/randomPassword:RandomPassword`. */
export interface Subject {
  urn: string;
  type: string;
  name: string;
}

export interface CheckRequest extends Subject {
  /** The inputs of the last time; absent when the resource is new or is being replaced. */
  olds?: PropertyMap;
  news: PropertyMap;
  /** Makes generated names the same in preview and update. */
  randomSeed: Uint8Array;
  /** How the stack wants names made (`pulumi:autonaming`); only for a provider with `autonaming: true`. */
  autonaming?: { proposedName: string; mode: "propose" | "enforce" | "disable" };
}

export interface CheckFailure {
  property: string;
  reason: string;
}

export interface Checked {
  inputs: PropertyMap;
  failures?: CheckFailure[];
}

export interface DiffRequest extends Subject {
  id: string;
  /** The outputs of the last time. */
  state: PropertyMap;
  olds: PropertyMap;
  news: PropertyMap;
  ignoreChanges: string[];
}

export type ChangeKind = "add" | "addReplace" | "delete" | "deleteReplace" | "update" | "updateReplace";

export interface Diff {
  changes: boolean;
  /** Changes by property path (`spec.replicas`, `a[0].b`). A kind that ends in `Replace` replaces the resource. */
  detailed?: Record<string, ChangeKind>;
  deleteBeforeReplace?: boolean;
  /** Outputs that the update will not change: known in preview. */
  stables?: string[];
}

interface Operation extends Subject {
  /** Only calculate what is known before it is done. */
  preview: boolean;
  /** From customTimeouts; 0 = the provider's own. */
  timeoutSeconds: number;
}

export interface CreateRequest extends Operation {
  inputs: PropertyMap;
}

export interface UpdateRequest extends Operation {
  id: string;
  state: PropertyMap;
  olds: PropertyMap;
  news: PropertyMap;
  ignoreChanges: string[];
}

export interface DeleteRequest extends Subject {
  id: string;
  state: PropertyMap;
  inputs: PropertyMap;
  timeoutSeconds: number;
}

export interface ReadRequest extends Subject {
  id: string;
  /** Both are empty for an import and for `Resource.get`. */
  state: PropertyMap;
  inputs: PropertyMap;
  timeoutSeconds: number;
}

/** Every argument that the official plugin takes: done here as there (`true`), or what it is, and refused. */
export type Arguments = Readonly<Record<string, true | string | { within: Arguments }>>;

export interface Invoked {
  result: PropertyMap;
  failures?: CheckFailure[];
}

/**
 * A resource plugin as plain async functions. Values keep their `Secret` and `unknown` wrappers in both directions.
 * What is left out is answered with the default named at it.
 */
export interface Provider {
  /** Of the official plugin that this one stands in for. */
  name: string;
  version: string;
  autonaming?: boolean;
  /** The keys of its configuration. */
  configuration: Arguments;
  /** Whether this one has a type of resource. */
  has(type: string): boolean;
  /** @default any: somebody else judges them */
  argumentsOf?(type: string): Arguments;
  /** The functions by their tokens. @default none */
  functions?: Readonly<Record<string, Arguments>>;
  /** @default accepts every value of a known key */
  checkConfig?(request: CheckRequest): Promise<Checked> | Checked;
  /** @default a changed configuration never replaces the resources */
  diffConfig?(request: DiffRequest): Promise<Diff> | Diff;
  configure?(config: PropertyMap, log: EngineLog): Promise<void> | void;
  check(request: CheckRequest): Promise<Checked> | Checked;
  diff(request: DiffRequest): Promise<Diff> | Diff;
  create(request: CreateRequest): Promise<{ id: string; outputs: PropertyMap }>;
  /** @default an error: every change replaces */
  update?(request: UpdateRequest): Promise<PropertyMap>;
  /** `undefined`: there is no such thing any more. */
  read(request: ReadRequest): Promise<{ id: string; outputs: PropertyMap; inputs: PropertyMap } | undefined>;
  /** @default nothing: the resource lives in the state only */
  delete?(request: DeleteRequest): Promise<void>;
  invoke?(token: string, args: PropertyMap, preview: boolean): Promise<Invoked>;
  /** The user pressed Ctrl-C, or the engine is done: end running work soon. */
  cancel?(): void;
}
