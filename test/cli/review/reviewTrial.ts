import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { temporaryFolder } from "../../temporary.ts";
import { type Ran, ran } from "../ran.ts";
import type { Kept } from "./standIn.ts";

export const template = `config:
  palier:context: dev
  shop:host: pr-{number}.review.example
  shop:images: { api: "registry.example/api:1", postgres: "registry.example/postgres:15" }
  palier:review:
    hours: 48
    quota: { pods: 10 }
    secrets: ["shop:jwtSecret"]
`;

/** A project with a template, and in place of pulumi a program that keeps stacks in a file. */
export class ReviewTrial {
  readonly folder = temporaryFolder("review");

  constructor(stacks: Kept = {}) {
    mkdirSync(join(this.folder, "bin"));
    const pulumi = join(this.folder, "bin", "pulumi");
    const standIn = join(import.meta.dirname, "standIn.ts");
    writeFileSync(pulumi, `#!/bin/sh\nexec "${process.execPath}" "${standIn}" "$@"\n`);
    chmodSync(pulumi, 0o755);
    this.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    this.write("Pulumi.review.yaml", template);
    this.write("state.json", JSON.stringify(stacks));
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** A stack file; undefined where it is not there. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever stands there
  stackFile(stack: string): any {
    const file = join(this.folder, `Pulumi.${stack}.yaml`);
    return existsSync(file) ? parse(readFileSync(file, "utf8")) : undefined;
  }

  stacks(): Kept {
    return JSON.parse(readFileSync(join(this.folder, "state.json"), "utf8"));
  }

  /** How pulumi was called, without what only asks. */
  asked(): string[] {
    const file = join(this.folder, "asked");
    const all = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    return all.filter((one) => !/^stack (ls|tag ls|output)/.test(one));
  }

  async run(
    command: (argv: string[], now: Date) => Promise<number>,
    now: Date,
    args: string[],
    env: Record<string, string> = {},
  ): Promise<Ran> {
    const before = { ...process.env };
    const path = `${join(this.folder, "bin")}${delimiter}${before["PATH"]}`;
    Object.assign(process.env, { PATH: path, STAND_IN: this.folder, ...env });
    const end = args.includes("--") ? args.indexOf("--") : args.length;
    const all = [...args.slice(0, end), "--project", this.folder, ...args.slice(end)];
    try {
      return await ran(() => command(all, now));
    } finally {
      for (const name of ["STAND_IN", ...Object.keys(env)]) delete process.env[name];
      process.env["PATH"] = before["PATH"];
    }
  }
}
