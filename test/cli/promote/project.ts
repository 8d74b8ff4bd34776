import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promote } from "../../../cli/promote/promote.ts";
import { addToRecord } from "../../../cli/record/add.ts";
import { temporaryFolder } from "../../temporary.ts";
import { type Ran, ran } from "../ran.ts";

/** A Monday, and the Friday after it, at three in the afternoon of Paris. */
export const monday = new Date("2026-11-23T10:00:00Z");
export const friday = new Date("2026-11-27T14:00:00Z");

/**
 * A project with a folder of records, and in place of pulumi, which would need a cluster, a program that tells what staging
 */
export class PromoteTrial {
  readonly folder = temporaryFolder("promote");
  readonly records = join(this.folder, "records");
  readonly #bin = join(this.folder, "bin");

  constructor(outputs: object, production: string) {
    mkdirSync(this.#bin);
    this.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    this.write("Pulumi.staging.yaml", "config: {}\n");
    this.write("Pulumi.production.yaml", production);
    this.write("outputs.json", JSON.stringify(outputs));
    this.pulumi("exit 0");
  }

  /** What `pulumi up` comes to, in shell. */
  pulumi(up: string): void {
    const program = join(this.#bin, "pulumi");
    writeFileSync(
      program,
      `#!/bin/sh\ncase "$1 $2" in\n"stack output") cat ${this.folder}/outputs.json ;;\nup*) echo "$@" >>${this.folder}/asked\n${up} ;;\nesac\n`,
    );
    chmodSync(program, 0o755);
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  /** Writes facts of an image at a time. */
  async add(image: string, at: Date, ...args: string[]): Promise<void> {
    const { status, stderr } = await ran(() =>
      addToRecord([image, "--system", "shop", "--records", this.records, ...args], at),
    );
    if (status !== 0) throw new Error(stderr);
  }

  async run(now: Date, ...args: string[]): Promise<Ran> {
    const { PATH } = process.env;
    process.env["PATH"] = `${this.#bin}${delimiter}${PATH}`;
    const given = ["staging", "production", "--project", this.folder, "--records", this.records, ...args];
    return ran(() => promote(given, now)).finally(() => {
      process.env["PATH"] = PATH;
    });
  }
}
