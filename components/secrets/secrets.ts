import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { ArgumentError, checkPattern, checkWhole } from "../argument.ts";
import { inEnvironment, member } from "../environment/member.ts";
import { frozenSecret } from "../frozen.ts";
import type { SecretArgs, SecretsArgs } from "./args.ts";
import { configured } from "./configured.ts";

/**
 * The secrets of one app in one environment, as a Secret whose name changes with its content: a pod that refers to it
 * rolls when a value changes, and the old one stays until nothing uses it.
 */
export class Secrets extends pulumi.ComponentResource {
  /** Name of the Secret. */
  readonly secret: pulumi.Output<string>;

  constructor(name: string, args: SecretsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const keys = Object.keys(args.values);
    const me = member(name, "app", args.environment);
    super("palier:index:Secrets", name, { keys }, inEnvironment(args.environment, opts));
    const stringData = Object.fromEntries(keys.map((key) => [key, this.#value(name, key, args.values[key]!)]));
    this.secret = frozenSecret(`${name}-values`, me, stringData, { parent: this });
    this.registerOutputs({ secret: this.secret });
  }

  #value(name: string, key: string, args: SecretArgs): pulumi.Output<string> {
    const path = `values.${key}`;
    checkPattern(path, key, /^[A-Z][A-Z0-9_]{0,62}$/, "capitals, digits and underscores, a letter first");
    if ((args.generate === undefined) === !args.config) {
      throw new ArgumentError(path, "give exactly one of generate (a length from 16 to 256) and config: true");
    }
    if (args.generate === undefined) return configured(path, key, args.minLength ?? 16);
    checkWhole(`${path}.generate`, args.generate, 16, 256);
    return new random.RandomPassword(`${name}-${key}`, { length: args.generate, special: false }, { parent: this })
      .result;
  }
}
