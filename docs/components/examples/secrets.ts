import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");

/** Apps have `secrets` of their own; this is for whatever else reads a Secret. */
const keys = new palier.Secrets("keys", {
  environment,
  values: {
    SESSION_KEY: { generate: 64 },
    STRIPE_SECRET_KEY: {
      config: true,
      in: { production: { external: { clusterStore: "vault", key: "shop/stripe" } } },
    },
  },
});

/** The Secret and its key, as `secrets` of a Migration take them. */
export const sessionKey = keys.keys["SESSION_KEY"]!;
