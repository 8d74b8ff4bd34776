import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");

const secrets = new palier.Secrets("uploads-keys", {
  environment,
  values: {
    STORE_ID: { existing: { name: "uploads", key: "id" } },
    STORE_SECRET: { existing: { name: "uploads", key: "secret" } },
  },
});

const uploads = new palier.ObjectStore("uploads", {
  environment,
  endpoint: palier.outside({ host: "s3.fr-par.scw.cloud" }),
  region: "fr-par",
  bucket: `shop-${environment.stage}-uploads`,
  credentials: { id: secrets.keys["STORE_ID"]!, secret: secrets.keys["STORE_SECRET"]! },
});

/** What an app takes under `links`, as `AWS_ENDPOINT_URL_S3`. */
export const { link } = uploads;
