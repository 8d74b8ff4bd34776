import * as palier from "../../../../index.ts";
import { type Declared, declared } from "../../../declared.ts";
import { bucket, image, pooler, shop, whole } from "./system.ts";

/** A pooler, an archive and a server with all that they may say, in an environment that has a priority too. */
function spelled(): Promise<Declared[]> {
  return declared({ project: "shop", stack: "production" }, () => {
    const environment = new palier.Environment("shop", { priorityClass: { name: "high" } });
    new palier.Postgres("db", {
      environment,
      image,
      databases: { shop: {} },
      parameters: { shared_preload_libraries: "pg_stat_statements" },
      cluster: { archive: { to: bucket("shop", "deep/er"), keepDays: 7, encryption: "none" } },
      pooler: { ...pooler, mode: "session", parameters: { query_wait_timeout: "30" } },
    });
  });
}

/** Each way in which the operator's objects may be declared. */
export async function samples(): Promise<Declared[]> {
  const all = await spelled();
  for (const stack of ["dev", "staging", "production"]) {
    all.push(...(await shop({ stack })), ...(await shop({ ...whole, stack })));
  }
  return all.filter(({ type }) => type.includes(".cnpg.io/"));
}
