import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { platformForm, repositoryForm } from "../../core/imageForms.ts";
import { nameOfCredential } from "../../core/rules/secrets/credentialName.ts";
import { UsageError } from "../usage.ts";

/** What is to be built, and where it goes. */
export interface Plan {
  readonly context: string;
  readonly file: string;
  readonly repository: string;
  readonly target: string | undefined;
  readonly platforms: string[];
  readonly args: { [name: string]: string };
  /** By id: the value, which no layer, label or message may hold. */
  readonly secrets: { [id: string]: string };
  readonly scan: string | undefined;
  /** The release record that a scan is written into. */
  readonly record: { readonly folder: string; readonly system: string } | undefined;
  readonly builder: string | undefined;
}

/** What `palier image build` was given, by its options. */
export interface Given {
  readonly repository?: string;
  readonly file?: string;
  readonly target?: string;
  readonly platform?: string;
  readonly "build-arg"?: string[];
  readonly secret?: string[];
  readonly scan?: string;
  readonly system?: string;
  readonly records?: string;
  readonly builder?: string;
}

/** Reads what was given. Throws {@link UsageError}. */
export function planOf(values: Given, positionals: string[], env: NodeJS.ProcessEnv = process.env): Plan {
  const [given] = positionals;
  if (given === undefined || positionals.length > 1) {
    throw new UsageError(`CONTEXT "${positionals.join(" ")}" is not one folder. See palier image build --help.`);
  }
  const context = resolve(given);
  const file = values.file === undefined ? join(context, "Dockerfile") : resolve(values.file);
  if (!existsSync(context)) throw new UsageError(`CONTEXT "${given}" is not there: give a folder.`);
  if (!existsSync(file)) throw new UsageError(`there is no ${file}: give --file.`);
  return {
    context,
    file,
    repository: repositoryOf(values.repository),
    target: values.target,
    platforms: platformsOf(values.platform),
    args: Object.fromEntries((values["build-arg"] ?? []).map(argOf)),
    secrets: Object.fromEntries((values.secret ?? []).map((one) => secretOf(one, env))),
    scan: values.scan,
    record: recordOf(values, env),
    builder: values.builder,
  };
}

function repositoryOf(repository = ""): string {
  if (new RegExp(`^${repositoryForm}$`).test(repository)) return repository;
  throw new UsageError(
    `--repository "${repository}" is not allowed: give a registry and a name in lower case, without tag, such as registry.example/shop/api.`,
  );
}

function platformsOf(list: string | undefined): string[] {
  const platforms = list === undefined ? [] : list.split(",");
  const bad = platforms.find((one) => !platformForm.test(one));
  if (bad === undefined) return platforms;
  throw new UsageError(`--platform "${bad}" is not allowed: give linux/amd64, linux/arm64 and the like, with commas.`);
}

function argOf(given: string): [string, string] {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(given) ?? [];
  if (name === undefined) throw new UsageError("--build-arg is not NAME=VALUE.");
  if (nameOfCredential(name) === "credential") {
    throw new UsageError(
      `--build-arg ${name}: what a build is given so stays in the image, for everybody to read; give it by --secret, and RUN --mount=type=secret.`,
    );
  }
  return [name, value!];
}

function secretOf(given: string, env: NodeJS.ProcessEnv): [string, string] {
  const [, id, variable] = /^([\w.-]+)=([A-Za-z_]\w*)$/.exec(given) ?? [];
  if (id === undefined) throw new UsageError("--secret is not ID=VARIABLE, the name of a variable here that holds it.");
  const value = env[variable!];
  if (!value) throw new UsageError(`--secret ${id}: the variable ${variable} is empty or not set.`);
  return [id, value];
}

function recordOf({ scan, system, records }: Given, env: NodeJS.ProcessEnv): Plan["record"] {
  const folder = records ?? env["PALIER_RECORDS"];
  if (!system) {
    if (records) throw new UsageError("--records goes with --system: the name of the Pulumi project.");
    return undefined;
  }
  if (!scan) throw new UsageError("--system goes with --scan: it is the scan that is put on record.");
  if (!folder) throw new UsageError("--records is missing: the folder of records, or $PALIER_RECORDS.");
  return { folder, system };
}
