import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { inEnvironment, member } from "../environment/member.ts";
import { frozenSecret } from "../frozen.ts";
import { checkArguments, longestInner } from "../shape.ts";
import type { SecretArgs, SecretsArgs } from "./args.ts";
import { configured } from "./configured.ts";
import { secretsShape } from "./shape.ts";

/**
 * The secrets of one app in one environment, as a Secret whose name changes with its content: a pod that refers to it
 * rolls when a value changes, and the old one stays until nothing uses it.
 */
export class Secrets extends pulumi.ComponentResource {
  /** Name of the Secret. */
  readonly secret: pulumi.Output<string>;

  constructor(name: string, args: SecretsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    checkArguments("Secrets", name, args, secretsShape, longestInner);
    const keys = Object.keys(args.values);
    const me = member(name, "app", args.environment);
    super("palier:index:Secrets", name, { keys }, inEnvironment(args.environment, opts));
    const stringData = Object.fromEntries(keys.map((key) => [key, this.#value(name, key, args.values[key]!)]));
    this.secret = frozenSecret(`${name}-values`, me, stringData, { parent: this });
    this.registerOutputs({ secret: this.secret });
  }

  #value(name: string, key: string, args: SecretArgs): pulumi.Output<string> {
    if (args.generate === undefined) return configured(`Secrets ${name}: values.${key}`, key, args.minLength ?? 16);
    return new random.RandomPassword(`${name}-${key}`, { length: args.generate, special: false }, { parent: this })
      .result;
  }
}
