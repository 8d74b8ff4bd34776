import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/**
 * A short random name for secret content, new whenever the content changes. The content itself stays a secret: a digest
 * of it in an object's name would tell whoever reads names when a guess is right.
 */
export function secretVersion(
  name: string,
  content: pulumi.Input<Record<string, pulumi.Input<string>>>,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  return new random.RandomId(name, { byteLength: 4, keepers: content as Record<string, string> }, opts).hex;
}
