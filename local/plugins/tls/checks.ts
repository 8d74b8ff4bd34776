import { isIP } from "node:net";
import type { Arguments, CheckFailure } from "../../grpc/provider.ts";
import type { PropertyMap, Value } from "../../grpc/values.ts";

export function oneOf(inputs: PropertyMap, property: string, allowed: readonly string[]): CheckFailure[] {
  if (allowed.includes(inputs[property] as string)) return [];
  return [{ property, reason: `${property} is ${JSON.stringify(inputs[property])}; allowed: ${allowed.join(", ")}` }];
}

export function wholeNumber(inputs: PropertyMap, property: string, least: number): CheckFailure[] {
  const value = inputs[property];
  if (Number.isInteger(value) && (value as number) >= least) return [];
  return [{ property, reason: `${property} is ${JSON.stringify(value)}; a whole number from ${least} on is needed` }];
}

export function truthValues(inputs: PropertyMap, ...properties: string[]): CheckFailure[] {
  const wrong = properties.filter((property) => typeof (inputs[property] ?? false) !== "boolean");
  return wrong.map((property) => ({
    property,
    reason: `${property} is ${JSON.stringify(inputs[property])}; allowed: true, false`,
  }));
}

/** A key may come in two ways. */
export function keyArguments(property: string): Arguments {
  return { [property]: true, [`${property}Wo`]: true, [`${property}WoVersion`]: true };
}

/** The key itself or its write-only twin with a version: never both, and never printed. */
export function oneKey(inputs: PropertyMap, property: string): CheckFailure[] {
  const writeOnly = `${property}Wo`;
  const given = [property, writeOnly].filter((one) => inputs[one] !== undefined);
  if (given.length !== 1) {
    return [{ property, reason: `exactly one of ${property} and ${writeOnly} must be set; ${given.length} are` }];
  }
  if (given[0] === writeOnly && inputs[`${writeOnly}Version`] === undefined) {
    return [
      { property: `${writeOnly}Version`, reason: `${writeOnly} needs ${writeOnly}Version: raise it with each new key` },
    ];
  }
  return [];
}

export function alternativeNames(inputs: PropertyMap): CheckFailure[] {
  return [
    ...strings(inputs, "dnsNames", (name) => name !== "", "a DNS name"),
    ...strings(inputs, "ipAddresses", (address) => isIP(address) !== 0, "an IP address"),
    ...strings(inputs, "uris", (uri) => URL.canParse(uri), "a URI"),
  ];
}

export function strings(
  inputs: PropertyMap,
  property: string,
  fits: (text: string) => boolean,
  needed: string,
): CheckFailure[] {
  const list = inputs[property] ?? [];
  if (!Array.isArray(list)) return [{ property, reason: `${property} must be a list` }];
  const fit = (value: Value) => typeof value === "string" && fits(value);
  return list.flatMap((value, index) =>
    fit(value) ? [] : [{ property: `${property}[${index}]`, reason: `${JSON.stringify(value)} is not ${needed}` }],
  );
}
