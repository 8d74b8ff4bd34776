import { randomUUID } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drill } from "../../../components/backup/scripts/drill.ts";
import { restore } from "../../../components/backup/scripts/restore.ts";
import { save } from "../../../components/backup/scripts/save.ts";
import { saveFolder } from "../../../components/backup/scripts/saveFolder.ts";
import { storeVariables } from "../../../components/backup/store.ts";
import type { Ended, Image } from "./image.ts";
import type { ObjectStore } from "./objectStore.ts";
import type { Server } from "./server.ts";

type Variables = Record<string, string>;

/** A key of age's, in a file of the image. */
export interface Key {
  recipient: string;
  file: string;
}

/** One environment's backups in a bucket of their own, and the scripts as their pods run them. */
export class Place {
  readonly #image: Image;
  readonly #store: ObjectStore;
  readonly #key: Key;
  readonly bucket: string;

  /** @param bucket Another place's, whose backups are then found here; by default one of its own. */
  constructor(image: Image, store: ObjectStore, key: Key, bucket = `bucket-${randomUUID()}`) {
    this.bucket = bucket;
    this.#image = image;
    this.#store = store;
    this.#key = key;
    store.bucket(this.bucket);
  }

  get kept(): Variables {
    return { KEEP_DAYS: "30", KEEP_AT_LEAST: "2", AGE_RECIPIENTS: this.#key.recipient };
  }

  get opens(): Variables {
    return { AGE_IDENTITY_FILE: this.#key.file };
  }

  /** Where the files of the backups stand on the server's own disk. */
  get folder(): string {
    return join(this.#store.folder, this.bucket, "shop/production/db.shop");
  }

  files(): string[] {
    try {
      return readdirSync(this.folder).sort();
    } catch {
      return [];
    }
  }

  save(server: Server, more: Variables = {}): Promise<Ended> {
    return this.run(save, { ...server.variables("shop"), ...this.kept, ...more });
  }

  /** What a folder of the image holds. */
  saveFolder(folder: string, more: Variables = {}): Promise<Ended> {
    return this.run(saveFolder, { FOLDER: folder, ...this.kept, ...more });
  }

  restore(server: Server, more: Variables = {}): Promise<Ended> {
    const from = { FROM: "latest", SOURCE_ENVIRONMENT: "production", SOURCE_SERVER: "db", MASK: "" };
    return this.run(restore, { ...server.variables("shop"), ...from, ...this.opens, ...more });
  }

  drill(assertions: { sql: string; atLeast?: string; atMost?: string }[], more: Variables = {}): Promise<Ended> {
    const asked = assertions.flatMap(({ sql, atLeast = "", atMost = "" }, index) => [
      [`ASSERTION_${index}_SQL`, sql],
      [`ASSERTION_${index}_AT_LEAST`, atLeast],
      [`ASSERTION_${index}_AT_MOST`, atMost],
    ]);
    const limits = { RPO_SECONDS: "86400", RTO_SECONDS: "14400", ASSERTIONS: String(assertions.length) };
    return this.run(drill, { ...Object.fromEntries(asked), ...limits, ...this.opens, ...more });
  }

  /** A script as its pod runs it. */
  async run(script: string, variables: Variables): Promise<Ended> {
    const who = { SYSTEM: "shop", ENVIRONMENT: "production", SERVER: "db", DATABASE: "shop" };
    const work = this.#image.room(`/tmp/${randomUUID()}`);
    await this.#store.seen();
    return this.#image.run(["sh", "-c", script], { ...this.#toStore(), ...who, WORK: work, ...variables });
  }

  /** What the pods are given of the store. */
  #toStore(): Variables {
    const { endpoint, keys } = this.#store;
    const key = (key: keyof typeof keys) => ({ name: "store", key });
    const link = { kind: "store", name: "store", host: "127.0.0.1", port: 0, ready: "", address: endpoint };
    const credentials = { id: key("id"), secret: key("secret") };
    const given = storeVariables({ endpoint: link, region: "fr-par", bucket: this.bucket, credentials }) as Given[];
    const values = given.map(({ name, value, valueFrom }) => [name, value ?? keys[valueFrom!.secretKeyRef.key]]);
    return Object.fromEntries(values);
  }
}

interface Given {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef: { key: "id" | "secret" } };
}

/** A key of age's, in a file that the image's user reads. */
export async function ageKey(image: Image): Promise<Key> {
  const file = `${image.room("/tmp/keys")}/${randomUUID()}`;
  const { out } = await image.run(["age-keygen"]);
  writeFileSync(join(image.folder, file), out, { mode: 0o644 });
  return { recipient: /age1\w+/.exec(out)![0], file };
}
