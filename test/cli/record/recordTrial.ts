import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addToRecord } from "../../../cli/record/add.ts";
import { showRecord } from "../../../cli/record/show.ts";
import { signRecord } from "../../../cli/record/sign.ts";
import { verifyRecord } from "../../../cli/record/verify.ts";
import { readReleaseRecord, releaseRecordFile } from "../../../core/records/recordFolder.ts";
import { temporaryFolder } from "../../temporary.ts";
import { type Ran, ran } from "../ran.ts";

const verbs = { add: addToRecord, sign: signRecord, verify: verifyRecord, show: showRecord };

/** A folder of records of a test's own, and the command as it is typed. */
export class RecordTrial {
  readonly folder = temporaryFolder("records");
  readonly digest: string;
  readonly image: string;

  constructor(letter = "a", repository = "registry.example/shop/api") {
    this.digest = `sha256:${letter.repeat(64)}`;
    this.image = `${repository}@${this.digest}`;
  }

  get file(): string {
    return releaseRecordFile(this.folder, "shop", this.digest);
  }

  written() {
    return readReleaseRecord(this.folder, "shop", this.digest)!;
  }

  /** `palier record <verb> IMAGE`, or without the image where `image` is null. */
  run(
    verb: keyof typeof verbs,
    args: readonly string[] = [],
    image: string | null = this.image,
    now = new Date(),
  ): Promise<Ran> {
    const given = [...(image === null ? [] : [image]), "--system", "shop", "--records", this.folder, ...args];
    return ran(() => verbs[verb](given, now));
  }

  /** Files of a new pair of keys. */
  keys(name = "key"): { privateFile: string; publicFile: string } {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const [privateFile, publicFile] = [join(this.folder, `${name}.pem`), join(this.folder, `${name}.pub`)];
    writeFileSync(privateFile, privateKey.export({ type: "pkcs8", format: "pem" }));
    writeFileSync(publicFile, publicKey.export({ type: "spki", format: "pem" }));
    return { privateFile, publicFile };
  }
}
