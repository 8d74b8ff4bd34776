/**
 * The values that travel between engine and plugin, as plain JavaScript. What JSON can't say has a class of its own,
 * so that a plugin keeps it by merely passing it on.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | Unknown
  | Secret
  | Asset
  | Archive
  | Reference
  | Value[]
  | PropertyMap;

/** A property that is `undefined` is a property that is absent. */
export interface PropertyMap {
  [key: string]: Value | undefined;
}

/** A value that a preview can't know yet. There is one of it: `unknown`. */
export class Unknown {
  readonly known = false;
}
export const unknown = new Unknown();

export class Secret {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value instanceof Secret ? value.value : value;
  }
}

interface Contents {
  readonly hash?: string;
  readonly text?: string;
  readonly path?: string;
  readonly uri?: string;
}

export class Asset {
  readonly contents: Contents;
  constructor(contents: Contents) {
    this.contents = contents;
  }
}

export class Archive {
  readonly contents: Omit<Contents, "text"> & { readonly assets?: PropertyMap };
  constructor(contents: Archive["contents"]) {
    this.contents = contents;
  }
}

/** Another resource of the stack. `id` is absent for a component and `unknown` before the resource is made. */
export class Reference {
  readonly urn: string;
  readonly id?: string | Unknown;
  readonly packageVersion?: string;
  constructor(urn: string, id?: string | Unknown, packageVersion?: string) {
    this.urn = urn;
    this.id = id;
    this.packageVersion = packageVersion;
  }
}

export function isPropertyMap(value: Value | undefined): value is PropertyMap {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function children(value: Value | undefined): (Value | undefined)[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Secret) return [value.value];
  if (value instanceof Archive) return Object.values(value.contents.assets ?? {});
  return isPropertyMap(value) ? Object.values(value) : [];
}

export function hasUnknowns(value: Value | undefined): boolean {
  return value === unknown || (value instanceof Reference && value.id === unknown) || children(value).some(hasUnknowns);
}

export function hasSecrets(value: Value | undefined): boolean {
  return value instanceof Secret || children(value).some(hasSecrets);
}

/** The same value with every secret in the open: for sending it on, never for printing or returning it. */
export function reveal(value: PropertyMap): PropertyMap;
export function reveal(value: Value): Value;
export function reveal(value: Value | undefined): Value | undefined;
export function reveal(value: Value | undefined): Value | undefined {
  if (value instanceof Secret) return reveal(value.value);
  if (Array.isArray(value)) return value.map((element) => reveal(element));
  if (!isPropertyMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, reveal(element)]));
}
