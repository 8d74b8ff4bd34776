import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");

/** Apps have `secrets` of their own; this is for whatever else reads a Secret. */
const keys = new palier.Secrets("keys", { environment, values: { SESSION_KEY: { generate: 64 } } });

export const { secret } = keys;
