/** Stands for a value that is only known once `pulumi up` runs. */
export const undecided = Symbol("undecided");

/** A value the program marked as secret. Rules see through it; messages never show it. */
export class Secret {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/**
 * A place in a manifest, whether or not anything is known about it. What lies below an unknown value is unknown too:
 * an unknown list has one unknown element and an unknown map one unknown entry, so no rule walks past it in silence.
 */
export class Field {
  readonly key: string;
  readonly secret: boolean;
  readonly #raw: unknown;
  /** Written out when somebody asks: most fields are looked at and never told of. */
  #path: string | (() => string);
  #open = false;

  constructor(raw: unknown, path: string | (() => string) = "", key = "", secret = false) {
    let value = raw;
    let marked = secret;
    while (value instanceof Secret) {
      marked = true;
      value = value.value;
    }
    this.#raw = value;
    this.#path = path;
    this.key = key;
    this.secret = marked;
  }

  get path(): string {
    if (typeof this.#path !== "string") this.#path = this.#path();
    return this.#path;
  }

  /** The value itself, for another {@link reading} of it. */
  get raw(): unknown {
    return this.#raw;
  }

  get absent(): boolean {
    return this.#raw === undefined || this.#raw === null;
  }

  /** Present, but not known yet: an Output, a promise, or what `pulumi policy analyze` has blanked out. */
  get unknown(): boolean {
    if (this.#raw === "[secret]" || typeof this.#raw === "symbol" || typeof this.#raw === "function") return true;
    return typeof this.#raw === "object" && this.#raw !== null && !Array.isArray(this.#raw) && !isPlain(this.#raw);
  }

  /** Below a value that is not known: not even whether something is stated there is known. */
  get open(): boolean {
    return this.#open;
  }

  /** A string, number or boolean as text; undefined for everything else. */
  get text(): string | undefined {
    if (this.unknown) return undefined;
    const type = typeof this.#raw;
    return type === "string" || type === "number" || type === "boolean" ? String(this.#raw) : undefined;
  }

  /** The text of something that messages call by its name: undefined where the name is a secret. */
  get title(): string | undefined {
    return this.secret ? undefined : this.text;
  }

  at(...keys: string[]): Field {
    return keys.reduce<Field>((field, key) => field.#child(key), this);
  }

  items(): Field[] {
    if (this.unknown) return [this];
    if (!Array.isArray(this.#raw)) return [];
    return this.#raw.map((item, index) => new Field(item, () => `${this.path}[${index}]`, this.key, this.secret));
  }

  /** The entries of a map. An unknown map yields itself: its key says nothing about the keys it will have. */
  entries(): Field[] {
    if (this.unknown) return [this];
    if (!isPlain(this.#raw)) return [];
    return Object.keys(this.#raw).map((key) => this.#child(key));
  }

  /** Every scalar and every unknown value below this field. */
  leaves(found: Field[] = []): Field[] {
    if (this.absent) return found;
    const below = Array.isArray(this.#raw) ? this.items() : this.entries();
    if (this.unknown || (below.length === 0 && this.text !== undefined)) found.push(this);
    else for (const field of below) field.leaves(found);
    return found;
  }

  /** The same value read otherwise: decoded, with its references resolved, or one line of it. */
  reading(raw: unknown, path: string | (() => string) = this.#path): Field {
    return new Field(raw, path, this.key, this.secret);
  }

  /** The same value, said to stand elsewhere. */
  seenAt(path: string): Field {
    return new Field(this.#raw, path, this.key, this.secret);
  }

  /** The same map with the values of these keys marked as secret. */
  withSecret(...keys: string[]): Field {
    if (!isPlain(this.#raw)) return this;
    const map = { ...this.#raw };
    for (const key of keys) if (key in map) map[key] = new Secret(map[key]);
    return new Field(map, this.#path, this.key, this.secret);
  }

  #child(key: string): Field {
    const path = () => this.#pathTo(key);
    if (this.absent) return new Field(undefined, path, key);
    if (this.unknown) return this.#below();
    const value = isPlain(this.#raw) && Object.hasOwn(this.#raw, key) ? this.#raw[key] : undefined;
    return new Field(value, path, key, this.secret);
  }

  #below(): Field {
    if (this.#open) return this;
    const field = new Field(this.#raw, () => this.path, this.key, this.secret);
    field.#open = true;
    return field;
  }

  #pathTo(key: string): string {
    if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${this.path}[${JSON.stringify(key)}]`;
    return this.path === "" ? key : `${this.path}.${key}`;
  }
}

/** Anything but a plain object (an Output, a promise, an asset) is not data that a rule can read. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
