import type * as Sdk from "@pulumi/pulumi";
import type { Told } from "../../core/told.ts";
import type { Component, Run, Value } from "../declared.ts";
import { type Configured, configuredBy, settingsOf } from "./configured.ts";
import { leaves } from "./leaves.ts";
import { profileKeys } from "./profileKeys.ts";

/** What counts in each component that told of itself, and where each value is from. */
export function componentsOf(
  pulumi: typeof Sdk,
  told: readonly Told[],
  run: Pick<Run, "config" | "secretKeys">,
): Promise<Component[]> {
  const settings = settingsOf(run);
  return Promise.all(told.map(async (one) => ({ ...named(one), values: await valuesOf(pulumi, one, settings) })));
}

function named({ kind, name }: Told) {
  return { kind, name };
}

async function valuesOf(pulumi: typeof Sdk, told: Told, settings: readonly Configured[]): Promise<Value[]> {
  const [given, completed] = await Promise.all([
    leaves(pulumi, told.args),
    leaves(pulumi, told.complete(told.profile)),
  ]);
  const keys = await profileKeys(pulumi, told, completed);
  const groups = [...completed.keys()].map((argument) => argument.split(".")[0]);
  const stated = [...given].filter(([argument, value]) => !isEmpty(value) || !groups.includes(argument));
  const arguments_ = stated.map(([argument, value]): Value => {
    const key = configuredBy(argument, value, settings);
    return { argument, value, ...(key ? { origin: "configuration", key } : { origin: "argument" }) };
  });
  const others = [...completed].filter(([argument, value]) => !given.has(argument) && !isEmpty(value));
  const chosen = others.map(([argument, value]): Value => {
    const key = keys.get(argument);
    if (key) return { argument, value, origin: "profile", key };
    const configured = configuredBy(argument, value, settings, true);
    return { argument, value, ...(configured ? { origin: "configuration", key: configured } : { origin: "default" }) };
  });
  return [...arguments_, ...chosen];
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
