import { access, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { writeWhole } from "../whole-file.ts";
import type { Builder } from "./builder.ts";

const bundle = "/etc/ssl/certs/ca-certificates.crt";

/** Settings of npm's by which a machine reaches its registries; all others are about the machine's own folders and habits. */
const reaches = /^(?:(?:@[^:=\s]+:)?registry|\/\/[^=]+|proxy|https?-proxy|noproxy|strict-ssl|always-auth)\s*=/;

/**
 * What a build is lent so that it reaches the package registries as this machine does: certificates and npm's settings,
 * with npm's caches. Mounted while it runs, so that no layer holds them.
 */
export async function lentSettings({ storage, npmCache }: Builder): Promise<string[]> {
  const certificates = await firstReadable([process.env["SSL_CERT_FILE"], bundle]);
  const settings = join(storage, "npmrc");
  const own = await npmSettings(process.env);
  const lines = [...(certificates ? [`cafile=${bundle}`] : []), "cache=/var/cache/npm", ...own];
  await writeWhole(settings, `${lines.join("\n")}\n`);
  return [
    ...(certificates ? [`${certificates}:${bundle}:ro`] : []),
    `${settings}:/usr/local/etc/npmrc:ro`,
    `${npmCache}:/var/cache/npm`,
    // npm leaves its compiled code there, different every time.
    `${join(storage, "compiled")}:/tmp/node-compile-cache`,
  ];
}

/** The lines of an .npmrc by which this machine reaches the npm registry. */
export async function npmSettings(env: NodeJS.ProcessEnv): Promise<string[]> {
  const file = env["NPM_CONFIG_USERCONFIG"] ?? env["npm_config_userconfig"] ?? join(homedir(), ".npmrc");
  const text = await readFile(file, "utf8").catch(() => "");
  const registry = env["NPM_CONFIG_REGISTRY"] ?? env["npm_config_registry"];
  return [...lentLines(text, env), ...(registry ? [`registry=${registry}`] : [])];
}

/** The lines of an .npmrc that a build needs, with the variables they name filled in: a build has its own environment. */
export function lentLines(npmrc: string, env: NodeJS.ProcessEnv): string[] {
  const lines = npmrc.split("\n").map((line) => line.trim());
  return lines
    .filter((line) => reaches.test(line))
    .map((line) => line.replace(/\$\{(\w+)\}/g, (all, name) => env[name] ?? all));
}

async function firstReadable(files: (string | undefined)[]): Promise<string | undefined> {
  for (const file of files)
    if (
      file &&
      (await access(file).then(
        () => true,
        () => false,
      ))
    )
      return file;
  return undefined;
}
