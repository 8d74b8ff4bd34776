import * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "../argument.ts";

/**
 * A secret of the stack's configuration. It must be there, encrypted, and long enough: a message names the key and the
 * length, never the value.
 */
export function configured(path: string, key: string, minLength: number): pulumi.Output<string> {
  const config = new pulumi.Config();
  const full = `${config.name}:${key}`;
  const value = pulumi.runtime.allConfig()[full];
  const line = `pulumi config set --secret ${full}`;
  if (value === undefined) throw new ArgumentError(path, `the secret ${full} is not set: ${line}`);
  if (!encrypted(full)) throw new ArgumentError(path, `${full} stands in clear in the stack file: ${line}`);
  if (value.length < minLength) {
    throw new ArgumentError(path, `${full} has ${value.length} characters, at least ${minLength} are needed: ${line}`);
  }
  return config.requireSecret(key);
}

function encrypted(key: string): boolean {
  const keys: unknown = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] || "[]");
  return Array.isArray(keys) && keys.includes(key);
}
