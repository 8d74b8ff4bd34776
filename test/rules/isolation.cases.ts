import { environmentIsolation } from "../../core/rules/isolation/otherEnvironment.ts";
import { manifest, withContainer } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

export const variables = (values: Record<string, unknown>) =>
  withContainer({ env: Object.entries(values).map(([name, value]) => ({ name, value })) });

table(environmentIsolation, {
  refuses: {
    "staging's address": variables({ NEXT_PUBLIC_API_URL: "https://api-staging.mecapy.com" }),
    "staging's host": variables({ SERVER_HOST: "staging.avnir.studio" }),
    "staging's database": variables({ DATABASE_URL: "postgres://shop@db/shop_staging" }),
    "dev's bucket": variables({ CLOUD_BUCKET_UPLOADS: "mecapy-uploads-dev" }),
    "a service by its name": variables({ REDIS_HOST: "redis-preprod" }),
    "one in a file": manifest("ConfigMap", {
      data: { "app.yaml": "api:\n  url: https://staging.avnir.studio\n  a: b\n" },
    }),
    "one on the command line": withContainer({ args: ["https://dev.avnir.studio/hook"] }),
  },
  passes: {
    "its own": variables({ API_URL: "https://api.mecapy.com", DB_NAME: "shop_prod", BUCKET: "shop-production" }),
    "a domain that only sounds so": variables({
      DOCS_URL: "https://web.dev/learn",
      SITE_URL: "https://staging.example",
    }),
    "a file": withContainer({ command: ["sh", "-c", "psql --output /dev/null"] }),
    "other words": variables({ API_URL: "https://developer.example.org", DB_NAME: "devices", PHASE: "dev" }),
  },
});
