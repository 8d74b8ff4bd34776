import * as palier from "../../../index.ts";

/** Where a program saves to: the S3 server that the test puts beside it, by keys of the Secret `store`, and what opens it again. */
export function savedAt(environment: palier.Environment, others: { [variable: string]: string } = {}) {
  const all = { STORE_ID: "id", STORE_SECRET: "secret", AGE_IDENTITY: "identity", ...others };
  const values = Object.fromEntries(
    Object.entries(all).map(([variable, key]) => [variable, { existing: { name: "store", key } }]),
  );
  const { keys } = new palier.Secrets("keys", { environment, values });
  const to: palier.BackupStoreArgs = {
    endpoint: {
      kind: "store",
      name: "store",
      host: "store",
      port: 9000,
      selector: { app: "store" },
      ready: "",
      address: "http://store:9000",
    },
    region: "local",
    bucket: "backups",
    credentials: { id: keys["STORE_ID"]!, secret: keys["STORE_SECRET"]! },
  };
  return { keys, to, identity: keys["AGE_IDENTITY"]! };
}
