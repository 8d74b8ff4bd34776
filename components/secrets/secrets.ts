import * as pulumi from "@pulumi/pulumi";
import { tell } from "../../core/told.ts";
import { annotated, inEnvironment, type Member, member } from "../environment/member.ts";
import { frozenSecret } from "../frozen.ts";
import type { SecretKey } from "../link.ts";
import { checkArguments, longestInner } from "../shape.ts";
import type { SecretSource, SecretsArgs } from "./args.ts";
import { configured } from "./configured.ts";
import { externalSpec } from "./external.ts";
import { generated } from "./generated.ts";
import { completed, leastLength } from "./leastLength.ts";
import { externalSecret, operatedSecret, sealedSecret } from "./operator.ts";
import { rotationDay } from "./rotationDay.ts";
import { namespaceWide, sealedSpec } from "./sealed.ts";
import { secretsShape } from "./shape.ts";
import { chosenOf, first, given } from "./source.ts";

/** Values that Palier itself knows, by their key. */
type Known = { [key: string]: pulumi.Output<string> };

/**
 * The secrets of one app in one environment, each from where that environment takes it. What holds them has a name that
 * changes with its content: a pod that refers to it rolls when a value changes, and the old one stays until nothing uses it.
 *
 * @remarks
 * - A value that changes is a new Secret by another name: what mounts it rolls, and the old one goes when nothing waits for it.
 * - What changes in place, in a Secret that is `existing` or by `refreshMinutes`, reaches a pod only when that starts.
 * - Another key, another length or another rotation under `generate` is another value: what was signed or encrypted with the
 *   old one is void, but for an `overlap`.
 */
export class Secrets extends pulumi.ComponentResource {
  /** Where each value stands, by its variable. */
  readonly keys: { [key: string]: SecretKey };

  constructor(name: string, args: SecretsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    checkArguments("Secrets", name, args, secretsShape, longestInner);
    const me = member(name, "app", args.environment);
    const own = chosenOf(args.values, me.stage);
    const complete = () => ({ values: completed(own) });
    tell({ kind: "Secrets", name, args: { ...args, values: own }, profile: me.profile, complete });
    const values = Object.entries(own).map(([key, source]) => ({ key, source }));
    const sources = Object.fromEntries(values.map(({ key, source }) => [key, given(source)[0]]));
    super("palier:index:Secrets", name, { sources }, inEnvironment(args.environment, opts));
    const known = values.map(({ key, source }) => this.#known(name, key, source));
    const stringData: Known = Object.assign({}, ...known);
    const rotations = values.flatMap(({ source: { generate, rotate = first } }) => (generate ? [rotate] : []));
    const holder = annotated(me, rotationDay(rotations));
    const secret = Object.keys(stringData).length
      ? frozenSecret(`${name}-values`, holder, stringData, { parent: this })
      : undefined;
    const kept = known.map((own) => Object.keys(own).map((key) => [key, { name: secret!, key }] as const));
    const keys = values.flatMap(({ key, source }, index) =>
      kept[index]!.length > 0 ? kept[index]! : [[key, this.#elsewhere(me, key, source)] as const],
    );
    this.keys = Object.fromEntries(keys);
    this.registerOutputs({ keys: this.keys });
  }

  #known(name: string, key: string, source: SecretSource): Known {
    if (source.generate !== undefined) return generated(name, key, source, { parent: this });
    if (source.config) return { [key]: configured(`Secrets ${name}: values.${key}`, key, leastLength(source)) };
    return {};
  }

  /** A value that only the cluster knows: each has a Secret of its own. */
  #elsewhere(me: Member, key: string, { existing, external, sealed, rotate }: SecretSource): SecretKey {
    if (existing) return existing;
    const name = `${me.name}-${key.toLowerCase().replaceAll("_", "-")}`;
    const child = { parent: this };
    const secret = external
      ? operatedSecret(name, me, externalSecret, { spec: externalSpec(me, key, external, rotate) }, child)
      : operatedSecret(
          name,
          me,
          sealedSecret,
          { spec: sealedSpec(me, key, sealed!), annotations: namespaceWide },
          child,
        );
    return { name: secret, key };
  }
}
