import { existsSync } from "node:fs";
import { type Gate, gates, type ReleaseRecord } from "../../core/records/releaseRecord.ts";
import { meaningOf } from "../meaning.ts";
import { cantRead, UsageError } from "../usage.ts";
import { refuseUserinfo } from "../userinfo.ts";
import { drillProof } from "./drillProof.ts";

/** What `palier record add` was given, by its options. */
export interface Given {
  readonly gate?: string[];
  readonly drill?: string;
  readonly "verified-in"?: string;
  readonly flag?: string[];
  readonly "approved-by"?: string[];
  readonly "released-to"?: string;
  /** Folder of the project whose own names of environments count. */
  readonly project?: string;
  readonly commit?: string;
  readonly author?: string;
  readonly "change-document"?: string;
  readonly "rollback-plan"?: string;
  readonly "third-party"?: boolean;
}

interface Fact {
  readonly at: string;
  readonly run?: string;
}

/** The record with what was given laid over it: a gate that runs again replaces its result. */
export function withFacts(record: ReleaseRecord, values: Given, fact: Fact): ReleaseRecord {
  const approvals = (values["approved-by"] ?? []).map((by) => ({ by, ...fact }));
  const others = record.approvals.filter(({ by }) => !approvals.some((one) => one.by === by));
  const environment = environmentOf("released-to", values, ["staging", "production"]);
  return {
    ...record,
    ...(values["third-party"] ? { thirdParty: true } : {}),
    ...(values.commit !== undefined ? { commit: values.commit } : {}),
    ...(values.author !== undefined ? { author: values.author } : {}),
    ...document("--change-document", "changeDocument", values["change-document"]),
    ...document("--rollback-plan", "rollbackPlan", values["rollback-plan"]),
    gates: {
      ...record.gates,
      ...(values.drill === undefined ? {} : drillProof(values.drill, record.system, fact.run)),
      ...Object.fromEntries((values.gate ?? []).map((one) => proofOf(one, fact))),
    },
    verified: { ...record.verified, ...verification(values, fact) },
    approvals: [...others, ...approvals],
    released: environment ? [...record.released, { environment, ...fact }] : record.released,
  };
}

const counted: readonly string[] = ["scan", "audit"];

function proofOf(given: string, fact: Fact): [Gate, NonNullable<ReleaseRecord["gates"][Gate]>] {
  const [, name = "", value = ""] = /^([^=]*)=(.*)$/s.exec(given) ?? [];
  const gate = gates.find((one) => one === name);
  if (!gate)
    throw new UsageError(`--gate "${given}": there is no gate "${name || given}". Gates: ${gates.join(", ")}.`);
  if ((value === "passed" || value === "failed") && gate !== "coverage") return [gate, { result: value, ...fact }];
  const measured = value.trim() === "" ? Number.NaN : Number(value);
  const isCount = counted.includes(gate) && Number.isInteger(measured) && measured >= 0;
  if (isCount) return [gate, { result: measured === 0 ? "passed" : "failed", measured, ...fact }];
  if (gate === "coverage" && measured >= 0 && measured <= 100) return [gate, { result: "passed", measured, ...fact }];
  const more =
    gate === "coverage"
      ? "a percentage from 0 to 100"
      : counted.includes(gate)
        ? "passed, failed or a count"
        : "passed or failed";
  throw new UsageError(`--gate ${gate}="${value}". Allowed: ${more}.`);
}

function verification(values: Given, fact: Fact): ReleaseRecord["verified"] {
  const environment = environmentOf("verified-in", values, ["dev", "review", "staging"]);
  if (!environment) {
    if (values.flag) throw new UsageError("--flag goes with --verified-in: flags are those with which it ran there.");
    return {};
  }
  const flags = values.flag && Object.fromEntries(values.flag.map(flagOf));
  return { [environment]: { ...fact, ...(flags ? { flags } : {}) } };
}

function flagOf(given: string): [string, boolean] {
  const [, name, state] = /^([^=]+)=(on|off)$/.exec(given) ?? [];
  if (name === undefined) throw new UsageError(`--flag "${given}". Allowed: NAME=on or NAME=off.`);
  return [name, state === "on"];
}

function environmentOf<Allowed extends string>(
  option: "verified-in" | "released-to",
  { [option]: name, project }: Given,
  allowed: readonly Allowed[],
): Allowed | undefined {
  if (name === undefined) return undefined;
  const meaning = meaningOf(name, project);
  const stage = allowed.find((one) => one === meaning);
  if (stage) return stage;
  throw new UsageError(`--${option} "${name}". Allowed: ${allowed.join(", ")}, and other names of them.`);
}

/** A document that nobody can read documents nothing. */
function document(option: string, key: "changeDocument" | "rollbackPlan", place: string | undefined) {
  if (place === undefined) return {};
  refuseUserinfo(option, place);
  if (!/^https?:\/\/\S+$/.test(place) && !existsSync(place)) cantRead(option, place);
  return { [key]: place };
}
