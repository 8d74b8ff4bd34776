import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, leastBytes, type SecretRecord, secretRecord } from "./secretRecord.ts";
import { writeRecord } from "./writeRecord.ts";

/** A value of an environment's own that another environment has too. */
export interface Shared {
  readonly environment: string;
  /** Object and key, there. */
  readonly name: string;
}

/** The secrets of one environment, held against the records of the others. */
export class SecretRecords {
  /** Why some environments could not be compared, one line each. */
  readonly problems: readonly string[];
  readonly #folder: string;
  readonly #system: string;
  readonly #environment: string;
  readonly #others: readonly SecretRecord[];
  readonly #salt: string;
  readonly #own = new Map<string, string>();
  readonly #known = new Map<string, string>();

  constructor(folder: string, system: string, environment: string) {
    this.#folder = join(folder, system, "secrets");
    this.#system = system;
    this.#environment = environment;
    const { records, problems } = readRecords(this.#folder);
    this.#others = records.filter((record) => record.environment !== environment);
    this.#salt = records[0]?.salt ?? randomBytes(16).toString("base64");
    this.problems = problems;
  }

  /** The environments whose secrets are on record. */
  get compared(): string[] {
    return this.#others.map(({ environment }) => environment);
  }

  /** Where else a value is found, and remembers it as one of this environment's. */
  sharedBy(name: string, value: string): Shared[] {
    if (Buffer.byteLength(value) < leastBytes) return [];
    this.#own.set(name, value);
    // Each fingerprint takes a while, on purpose: none is made that is held against nothing.
    if (this.#others.length === 0) return [];
    const print = this.#print(value);
    return this.#others.flatMap(({ environment, fingerprints }) =>
      Object.entries(fingerprints)
        .filter(([, other]) => other === print)
        .map(([name]) => ({ environment, name })),
    );
  }

  /** Writes this environment's record: what it has now, and nothing that it no longer has. */
  write(): void {
    if (this.#own.size === 0) return;
    const record: SecretRecord = {
      version: 1,
      system: this.#system,
      environment: this.#environment,
      salt: this.#salt,
      fingerprints: Object.fromEntries(
        [...this.#own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, this.#print(value)]),
      ),
    };
    writeRecord(join(this.#folder, `${this.#environment}.json`), record);
  }

  #print(value: string): string {
    const print = this.#known.get(value) ?? fingerprint(value, this.#salt);
    this.#known.set(value, print);
    return print;
  }
}

function readRecords(folder: string): { records: SecretRecord[]; problems: string[] } {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  const read = names.sort().map((name) => ({ name, record: recordIn(join(folder, name)) }));
  const [first] = read.flatMap(({ record }) => record ?? []);
  const usable = read.filter(({ record }) => record?.salt === first?.salt);
  return {
    records: usable.flatMap(({ record }) => record ?? []),
    problems: read
      .filter((one) => !usable.includes(one) || !one.record)
      .map(
        ({ name, record }) => `${join(folder, name)} ${record ? "has a salt of its own" : "is no record of secrets"}`,
      ),
  };
}

function recordIn(file: string): SecretRecord | undefined {
  try {
    return secretRecord.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}
