import { stages } from "../../core/stage.ts";
import { ArgumentError, below, kindOf, shown, wrong } from "../argument.ts";
import { type Check, flag, memory, name, oneOf, pattern, text, whole } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { link, secretKey } from "../linkShape.ts";
import { image } from "../names.ts";
import { resources } from "../resources.ts";
import { all, input, list, only, optional } from "../shape.ts";
import { schedule } from "../task/shape.ts";
import { timeZone } from "../task/timeZone.ts";
import type {
  AssertionArgs,
  BackupArgs,
  BackupStoreArgs,
  DrillArgs,
  KeepArgs,
  RestoreArgs,
  StoreCredentialsArgs,
} from "./args.ts";

export const bucket = pattern(
  /^[a-z0-9][-.a-z0-9]{1,61}[a-z0-9]$/,
  "the name of a bucket: 3–63 lower-case letters, digits, inner dashes and dots",
);

const prefix = pattern(
  /^(?=.{1,200}$)[-._a-zA-Z0-9]+(\/[-._a-zA-Z0-9]+)*$/,
  "at most 200 letters, digits, dots, dashes, underscores and inner slashes",
);

export const region = pattern(/^[a-z0-9][-a-z0-9]{0,62}$/, "a region such as fr-par or eu-west-3");

export const credentials = only<StoreCredentialsArgs>({ id: secretKey, secret: secretKey });

export const store = only<BackupStoreArgs>({
  endpoint: link,
  region,
  bucket,
  prefix: optional(prefix),
  credentials,
});

/** The private half stands nowhere in a program: whoever reads the state could open every backup. */
export const recipient: Check = (path, value) => {
  if (typeof value === "string" && value.startsWith("AGE-SECRET-KEY-")) {
    throw new ArgumentError(path, "is a secret key; give its public half, age1…, and make this key anew");
  }
  pattern(/^age1[02-9ac-hj-np-z]{58}$/, "a public key of age's, age1…, as age-keygen prints it")(path, value);
};

export const keep = optional(only<KeepArgs>({ days: whole(1, 3650), atLeast: optional(whole(1, 1000)) }));

const bound: Check = (path, value) => {
  const allowed = "a number from -1e15 to 1e15";
  if (typeof value !== "number") throw wrong(path, kindOf(value), allowed);
  if (!(Math.abs(value) <= 1e15)) throw wrong(path, shown(value), allowed);
};

const bounded: Check = (path, value) => {
  const { atLeast, atMost } = value as AssertionArgs;
  if (atLeast === undefined && atMost === undefined) {
    throw new ArgumentError(path, "asserts nothing; give atLeast or atMost");
  }
};

/** Asks a Postgres, or a MongoDB. */
const asking: Check = (path, value) => {
  const { sql, collection, query } = value as AssertionArgs;
  if ((sql === undefined) === (collection === undefined)) {
    const given = sql === undefined ? "neither" : "both";
    throw new ArgumentError(
      path,
      `has ${given} of sql and collection; give sql for a Postgres, collection for a MongoDB`,
    );
  }
  if (query !== undefined && collection === undefined)
    throw new ArgumentError(below(path, "query"), "goes with collection");
};

const collection = pattern(
  /^(?!system\.)[^\s$"'-][^\s$"']{0,119}$/,
  "the name of a collection, and none of MongoDB's own (system.…)",
);

const assertion = all(
  only<AssertionArgs>({
    sql: optional(text(4096)),
    collection: optional(collection),
    query: optional(text(4096)),
    atLeast: optional(bound),
    atMost: optional(bound),
  }),
  asking,
  bounded,
);

export const moment: Check = (path, value) => {
  const allowed = "latest or a time such as 2026-11-20T02:00:00Z";
  if (typeof value !== "string") throw wrong(path, kindOf(value), allowed);
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) && !Number.isNaN(Date.parse(value));
  if (value !== "latest" && !time) throw wrong(path, shown(value), allowed);
};

export const restoreShape = only<RestoreArgs>({
  image: input(image),
  from: store,
  identity: secretKey,
  at: optional(moment),
  environment: optional(oneOf(stages.filter((stage) => stage !== "review"))),
  server: optional(name(40)),
  mask: optional(all(text(65_536), pattern(/\S/, "SQL"))),
  storage: optional(memory),
  deadlineSeconds: optional(whole(60, 86_400)),
});

/** How anything is saved: by what, where to, for whom, when, and for how long. */
export const saved = {
  image: input(image),
  to: store,
  recipients: list(recipient, 1),
  schedule: optional(schedule),
  timeZone: optional(timeZone),
  keep,
};

export const backupShape = only<BackupArgs>({
  environment: environmentRef,
  of: link,
  ...saved,
  rpoHours: optional(whole(1, 8760)),
  rtoHours: optional(whole(1, 720)),
  drill: optional(
    only<DrillArgs>({
      schedule: optional(schedule),
      identity: secretKey,
      assertions: list(assertion, 1),
      storage: optional(memory),
      resources,
    }),
  ),
  storage: optional(memory),
  resources,
  deadlineSeconds: optional(whole(60, 86_400)),
  alerts: optional(flag),
});
