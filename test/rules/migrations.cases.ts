import { noPrismaPush } from "../../core/rules/migrations/prismaPush.ts";
import { rollbackDeclared } from "../../core/rules/migrations/rollback.ts";
import { inCronJob, type Manifest, manifest, withContainer, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const running = (...command: string[]) => withContainer({ command });
const inJob = ({ spec }: Manifest, annotations?: object) => manifest("Job", { spec }, { annotations });
const inHook = (hook: string, command: string[]) => withContainer({ lifecycle: { [hook]: { exec: { command } } } });

table(noPrismaPush, {
  refuses: {
    "a push": running("npx", "prisma", "db", "push"),
    "its old name": running("prisma", "push"),
    "a push in a Job's shell": inJob(running("sh", "-c", "cd app && npx -y prisma@6 db push --accept-data-loss")),
    "a push in a CronJob": inCronJob(running("npx", "prisma", "db", "push")),
    "a shell in a shell": running("sh", "-c", "bash -c 'npx prisma db push'"),
    "command and arguments apart": withContainer({ command: ["npx", "prisma"], args: ["db", "push"] }),
    "options before": running("npx", "prisma", "--schema", "prisma/schema.prisma", "db", "push"),
    "its file": running("node", "node_modules/prisma/build/index.js", "db", "push"),
    "a reset": running("yarn", "prisma", "migrate", "reset", "--force"),
    "a development migration": running("./node_modules/.bin/prisma", "migrate", "dev"),
    "an init container": withPod({ initContainers: [{ name: "push", args: ["npx prisma db push"] }] }),
    "a hook at the start": inHook("postStart", ["npx", "prisma", "db", "push"]),
    "a hook at the end": inHook("preStop", ["sh", "-c", "npx prisma db push"]),
    "a command in a variable": withContainer({ env: [{ name: "START_COMMAND", value: "prisma db push && node ." }] }),
    "a script in a ConfigMap": manifest("ConfigMap", { data: { "start.sh": "#!/bin/sh\nnpx prisma \\\n  db push\n" } }),
    "an npm script by its name": running("npm", "run", "db:push"),
  },
  passes: {
    "migrations that are kept": running("npx", "prisma", "migrate", "deploy"),
    "what only reads": running("npx", "prisma", "migrate", "status"),
    "another program's push": running("git", "push"),
    "a remark": manifest("ConfigMap", { data: { "start.sh": "# never prisma db push\nnpx prisma migrate deploy\n" } }),
  },
});

table(rollbackDeclared, {
  refuses: {
    "a migration that says nothing": inJob(running("node", "migrate.ts", "up")),
    "an empty way back": inJob(running("alembic", "upgrade", "head"), { "palier.dev/rollback": " " }),
    "a shell": inJob(running("sh", "-c", "cd /app && npx prisma migrate deploy")),
    "an init container": withPod({ initContainers: [{ name: "up", command: ["npx", "prisma", "migrate", "deploy"] }] }),
    "an npm script": inJob(running("npm", "run", "db:migrate")),
    "Django's": inJob(running("python", "manage.py", "migrate", "--noinput")),
    "an image that does nothing else": inJob(withContainer({ image: "flyway/flyway:11" })),
    "a CronJob": inCronJob(running("dbmate", "up")),
  },
  passes: {
    "a command back": inJob(running("node", "migrate.ts", "up"), { "palier.dev/rollback": "node migrate.ts down" }),
    "a backup": inJob(running("npx", "prisma", "migrate", "deploy"), { "palier.dev/rollback": "restore" }),
    "the pod's annotation": withPod(
      { initContainers: [{ name: "up", args: ["alembic", "upgrade", "head"] }] },
      { annotations: { "palier.dev/rollback": "alembic downgrade -1" } },
    ),
    "the way back itself": inJob(running("alembic", "downgrade", "-1")),
    "a look": inJob(running("npx", "prisma", "migrate", "status")),
    "another Job": inJob(running("node", "report.ts")),
    "a folder": inJob(running("ls", "/app/migrations")),
    "an option": running("node", "server.ts", "--migrations=./migrations"),
  },
});
