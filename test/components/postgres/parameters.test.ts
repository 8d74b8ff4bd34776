import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import * as palier from "../../../index.ts";
import { declared, find } from "../../declared.ts";

const image = `registry.example/postgres@sha256:${"a".repeat(64)}`;

async function told(args: Partial<palier.PostgresArgs> = {}, stack = "production"): Promise<Record<string, string>> {
  const resources = await declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    new palier.Postgres("db", { environment, image, databases: { shop: {} }, ...args });
  });
  const { args: words } = find(resources, "kubernetes:apps/v1:StatefulSet", "db").inputs.spec.template.spec
    .containers[0];
  return Object.fromEntries(
    words.filter((word: string) => word.includes("=")).map((word: string) => word.split(/=(.*)/s)),
  );
}

const tuned = ({
  max_connections,
  shared_buffers,
  effective_cache_size,
  work_mem,
  maintenance_work_mem,
  max_wal_size,
}: Record<string, string>) => [
  max_connections,
  shared_buffers,
  effective_cache_size,
  work_mem,
  maintenance_work_mem,
  max_wal_size,
];

describe("the parameters of a Postgres", () => {
  const sizes: Record<string, [Partial<palier.PostgresArgs>, string[]]> = {
    "2Gi and a volume of 20Gi, as in production": [{}, ["100", "512MB", "1536MB", "5MB", "128MB", "2560MB"]],
    "256Mi and a volume of 1Gi, as in dev": [
      { resources: { memory: "256Mi" }, storage: "1Gi" },
      ["100", "64MB", "192MB", "1MB", "16MB", "128MB"],
    ],
    "64Gi and a volume of 1Ti": [
      { resources: { memory: "64Gi" }, storage: "1Ti" },
      ["100", "16384MB", "49152MB", "64MB", "1024MB", "4096MB"],
    ],
    "64Mi, which has no room for 100 connections": [
      { resources: { memory: "64Mi" }, storage: "1Gi" },
      ["21", "32MB", "48MB", "1MB", "16MB", "128MB"],
    ],
  };
  for (const [what, [args, expected]] of Object.entries(sizes)) {
    it(`are derived from memory and storage: ${what}`, async () => deepEqual(tuned(await told(args)), expected));
  }

  it("leave more connections less memory each, and are refused where there is too little for them", async () => {
    equal((await told({ connections: 500 }))["work_mem"], "1MB");
    await rejects(told({ connections: 1025 }), {
      message:
        "Postgres db: connections: 1025 need 1.5 MiB each beside shared_buffers, and the memory, 2Gi, has room for 1024; give resources.memory more, or allow fewer",
    });
  });

  it("may be stated, and others with them: what is stated counts", async () => {
    const parameters = { work_mem: "16MB", jit: "off", log_min_duration_statement: "50ms" };
    const all = await told({ parameters });
    for (const [name, value] of Object.entries(parameters)) equal(all[name], value);
    equal(all["shared_buffers"], "512MB");
  });

  it("keep it encrypted, with TLS 1.2 and passwords as SCRAM alone, and nobody may state that otherwise [MP-135]", async () => {
    const { ssl, ssl_min_protocol_version, password_encryption } = await told();
    deepEqual([ssl, ssl_min_protocol_version, password_encryption], ["on", "TLSv1.2", "scram-sha-256"]);
    for (const name of [
      "ssl",
      "hba_file",
      "ssl_min_protocol_version",
      "listen_addresses",
      "fsync",
      "max_connections",
    ]) {
      await rejects(told({ parameters: { [name]: "off" } }), (error: Error) => {
        match(error.message, new RegExp(`^Postgres db: parameters.${name}: "${name}" can't be given: `));
        return true;
      });
    }
    await rejects(
      told({ parameters: { "Work-mem": "1MB" } }),
      /parameters.Work-mem: "Work-mem" is not allowed; give the name/,
    );
  });

  it("tell slow statements in every environment", async () => {
    for (const stack of ["dev", "staging", "production"]) {
      ok((await told({}, stack))["log_min_duration_statement"] === "500ms", stack);
    }
  });
});
