import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { writeShape } from "../../core/records/shapeRecord.ts";
import * as palier from "../../index.ts";
import { declared, find } from "../declared.ts";
import { temporaryFolder } from "../temporary.ts";

const digest = (letter: string) => `registry.example/api@sha256:${letter.repeat(64)}`;
const image = digest("a");

const processes = {
  workers: { mail: { command: ["mail"] } },
  tasks: { tick: { command: ["tick"], schedule: "* * * * *" } },
};

interface Around {
  stack?: string;
  config?: Record<string, string>;
  databases?: string[];
  schema?: number;
}

function app(
  migrate: palier.MigrateArgs,
  { stack = "staging", config = {}, databases = ["shop"], schema }: Around = {},
) {
  return declared({ stack, config }, () => {
    const environment = new palier.Environment("shop");
    const named = Object.fromEntries(databases.map((name) => [name, {}]));
    const db = new palier.Postgres("db", { environment, image, databases: named });
    const links = Object.fromEntries(databases.map((name) => [`${name.toUpperCase()}_URL`, db.links[name]!]));
    new palier.App("api", { environment, image, links, migrate, schema, ...processes });
  });
}

async function job(migrate: palier.MigrateArgs) {
  const { metadata, spec } = find(await app(migrate), "kubernetes:batch/v1:Job", "api-migrate-job").inputs;
  const [container] = spec.template.spec.containers;
  return { rollback: metadata.annotations["palier.dev/rollback"], metadata, container, template: spec.template };
}

describe("a migration", () => {
  const tools: [string, palier.MigrateArgs, string[], string, string?][] = [
    ["prisma", { tool: "prisma" }, ["npx", "--no", "prisma", "migrate", "deploy"], "restore", "MQ-10 YO-37 "],
    ["alembic", { tool: "alembic" }, ["alembic", "upgrade", "head"], "alembic downgrade -1", "MP-66 "],
    ["knex", { tool: "knex" }, ["npx", "--no", "knex", "migrate:latest"], "npx --no knex migrate:rollback"],
    [
      "sql",
      { tool: "sql", file: "db/schema.sql" },
      ["psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction", "--file=db/schema.sql", "$(SHOP_URL)"],
      "restore",
    ],
  ];
  for (const [tool, args, command, rollback, rows = ""] of tools) {
    it(`runs what ${tool} runs in production, and says how it is taken back [${rows}AV-48 P-28]`, async () => {
      const made = await job(args);
      assert.deepEqual(made.container.command, command);
      assert.equal(made.rollback, rollback);
      assert.equal((await job({ ...args, rollback: "by hand" })).rollback, "by hand");
    });
  }

  it("leaves its last words for the error, where it fails", async () => {
    assert.equal((await job({ tool: "knex" })).container.terminationMessagePolicy, "FallbackToLogsOnError");
  });

  it("never pushes a schema outside dev, without the pack too [YO-36 P-27]", async () => {
    const push = { command: ["npx", "prisma", "db", "push"], rollback: "restore" };
    for (const stack of ["staging", "production"]) {
      await assert.rejects(app(push, { stack }), /api-migrate breaks the rules of \w+:\nno-prisma-db-push: /);
    }
    await app(push, { stack: "dev" });
  });

  it("says whether it adds or takes away", async () => {
    const phase = async (args: palier.MigrateArgs) =>
      (await job(args)).metadata.annotations["palier.dev/migration-phase"];
    assert.equal(await phase({ tool: "knex" }), "expand");
    assert.equal(await phase({ tool: "knex", phase: "contract" }), "contract");
  });

  it("takes away by a Job of its own, also where its command is that of what added", async () => {
    const told = async (args: palier.MigrateArgs) => (await job(args)).template.metadata.annotations;
    assert.equal(await told({ tool: "knex" }), undefined);
    assert.deepEqual(await told({ tool: "knex", phase: "contract" }), { "palier.dev/migration-phase": "contract" });
  });

  const wrong: [string, palier.MigrateArgs, RegExp][] = [
    [
      "a command and a tool",
      { command: ["up"], tool: "knex" },
      /App api: migrate: give exactly one of command and tool/,
    ],
    ["neither", {}, /App api: migrate: give exactly one of command and tool \(prisma, alembic, knex, sql\)/],
    ["a tool that there is not", { tool: "flyway" }, /migrate\.tool: "flyway" is not allowed; give one of prisma/],
    ["plain SQL without a file", { tool: "sql" }, /App api: migrate\.file: is missing; tool sql runs it/],
    ["a file that nothing runs", { tool: "knex", file: "a.sql" }, /migrate\.file: only tool sql runs a file, and knex/],
    [
      "another phase",
      { tool: "knex", phase: "both" },
      /migrate\.phase: "both" is not allowed; give one of expand, cont/,
    ],
    [
      "what is no process of the app, to stand still",
      { tool: "knex", pause: ["mail", "tock"] },
      /App api: migrate\.pause\[1\]: "tock" is none of its workers and tasks \(mail, tick\)/,
    ],
    ["nothing that is to stand still", { tool: "knex", pause: [] }, /migrate\.pause: an empty list .* at least 1 item/],
    [
      "a schema that adding needs",
      { tool: "knex", needs: 7 },
      /App api: migrate\.needs: nothing is taken away; give phase: "contract" too, or leave this out/,
    ],
    ["a schema that is none", { tool: "knex", phase: "contract", needs: 0 }, /migrate\.needs: 0 is not allowed/],
    ["a time for nothing", { tool: "knex", pauseSeconds: 9 }, /migrate\.pauseSeconds: nothing is to stand still; name/],
  ];
  for (const [title, args, message] of wrong) {
    it(`refuses ${title}`, () => assert.rejects(app(args), message));
  }

  it("refuses plain SQL for one database of several", () =>
    assert.rejects(
      app({ tool: "sql", file: "a.sql" }, { databases: ["shop", "other"] }),
      /App api: migrate\.tool: sql runs its file in the database that is linked to; link to one, or give command/,
    ));
});

describe("the schema that an app is written for", () => {
  it("is said by the pods of all its processes, and the Secret of its database says which that is", async () => {
    const objects = await app({ tool: "knex", phase: "contract", needs: 7 }, { stack: "dev", schema: 7 });
    const pods = objects.flatMap(({ inputs: { spec = {} }, type }) => {
      if (/:(Deployment|CronJob)$/.test(type)) return [(spec.jobTemplate?.spec ?? spec).template.metadata.labels];
      return [];
    });
    assert.deepEqual(
      pods.map((labels) => labels["palier.dev/schema"]),
      ["7", "7", "7"],
    );
    const secret = find(objects, "kubernetes:core/v1:Secret", "api-shop-url-secret");
    assert.equal(secret.inputs.metadata.annotations["palier.dev/database"], "db/shop");
  });

  it("is not below what its own contraction needs", async () => {
    const says = /App api: migrate\.needs: 8 is above the schema that this app itself says, 7/;
    await assert.rejects(app({ tool: "knex", phase: "contract", needs: 8 }, { stack: "dev", schema: 7 }), says);
  });
});

describe("a migration that takes away", () => {
  const contract = (live: Record<string, string>) => {
    const records = temporaryFolder("records");
    const workloads = Object.entries(live).map(([name, image]) => [
      `Deployment shop-staging/${name}`,
      { kind: "Deployment", name, containers: { app: { image, variables: [], open: false } }, fixed: {} },
    ]);
    writeShape(records, {
      version: 1,
      system: "avnir",
      environment: "staging",
      workloads: Object.fromEntries(workloads),
    });
    return app({ tool: "knex", phase: "contract" }, { config: { "palier:records": records } });
  };

  it("runs where the version that serves is the one that is declared", async () => {
    await contract({ api: image, "api-mail": image, other: digest("b") });
  });

  it("is refused while an older version serves, or works in the background", async () => {
    const refused = /migrate\.phase: contract takes away .*bbbb serves in staging; release .*aaaa without it first/;
    await assert.rejects(contract({ api: digest("b") }), refused);
    await assert.rejects(contract({ api: image, "api-mail": digest("b") }), refused);
  });

  it("is warned of where nothing is on record", async () => {
    const said: string[] = [];
    const warn = pulumi.log.warn;
    (pulumi.log as { warn: typeof warn }).warn = async (message) => void said.push(message);
    try {
      await app({ tool: "knex", phase: "contract" });
    } finally {
      (pulumi.log as { warn: typeof warn }).warn = warn;
    }
    assert.match(said.join(), /App api: migrate\.phase: .* nothing on record says which serves \(palier:records\)/);
  });
});
