import * as pulumi from "@pulumi/pulumi";

/** What a hook is given, once it is known: secrets come to it as outputs, at any depth. */
export function inHook<Value>(value: pulumi.Input<Value>): Promise<pulumi.Unwrap<Value>> {
  return new Promise((resolve) => void pulumi.output(value).apply((known) => resolve(known as pulumi.Unwrap<Value>)));
}
