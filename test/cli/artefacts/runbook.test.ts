import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { files } from "../../../cli/artefacts/files.ts";
import type { Place } from "../../../cli/artefacts/place.ts";
import { readCommands } from "../../../cli/artefacts/runbook/commands.ts";
import { runbook } from "../../../cli/artefacts/runbook/runbook.ts";
import { placesOf } from "../../../local/artefacts.ts";
import type { SystemName } from "../../systems.ts";

const root = join(import.meta.dirname, "../../..");

/** What is typed under a heading. */
function typed(text: string, heading: string): string[] {
  const [, section = ""] = text.split(`\n## ${heading}\n`);
  const [, code = ""] = /```sh\n([\s\S]*?)\n```/.exec(section.split("\n## ")[0]!) ?? [];
  return code.split("\n").filter(Boolean);
}

describe("the runbook", function () {
  this.timeout("3m");
  const books = new Map<SystemName, { text: string; place: Place }>();
  const textOf = (system: SystemName) => books.get(system)!.text;

  before(async () => {
    for (const system of ["mapquiz", "mecapy", "yonima", "debrouillepro"] as const) {
      const place = (await placesOf(root, system)).at(-1)!;
      const commands = join(root, "stacks", system, "commands.json");
      books.set(system, {
        place,
        text: runbook(place, system === "debrouillepro" ? [] : await readCommands(commands))!,
      });
    }
  });

  it("names objects that are there, and no other", () => {
    for (const { text, place } of books.values()) {
      const named = [...text.matchAll(/--namespace (\S+) .*?\b(deployment|service|cronjob)\/([-a-z0-9]+)/g)];
      ok(named.length > 5);
      for (const [, namespace, kind, name] of named) {
        const kinds = { deployment: "Deployment", service: "Service", cronjob: "CronJob" };
        const { metadata } = place.rendered.object(kinds[kind as keyof typeof kinds], name!);
        equal(metadata.namespace, namespace);
      }
    }
  });

  it("has a successor for every command that was typed before, and leads to it", () => {
    for (const { text } of books.values()) {
      const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title!);
      const anchors = headings.map((title) =>
        title
          .toLowerCase()
          .replaceAll(/[^\w\- ]/g, "")
          .replaceAll(" ", "-"),
      );
      for (const [, anchor] of text.matchAll(/\]\(#([^)]*)\)/g)) ok(anchors.includes(anchor!), anchor);
    }
  });

  it("sets a machine up, deploys, and deploys with all that is logged [MQ-44 MQ-45 MQ-46]", () => {
    const text = textOf("mapquiz");
    match(text, /`fly auth login` \| \[Set a machine up\]/);
    ok(typed(text, "Set a machine up").includes("pulumi login"));
    equal(typed(text, "Deploy").at(-1), "pulumi up --stack production --policy-pack policies");
    match(typed(text, "Deploy, with everything that the engine logs")[0]!, /--logtostderr --verbose 3$/);
  });

  it("lists the releases, which are there to go back to, with who made them [MQ-48 DP-08]", () => {
    const { text, place } = books.get("mapquiz")!;
    const [history, rollouts] = typed(text, "See what was released, by whom, and when");
    equal(history, "pulumi stack history --stack production --full-dates");
    match(rollouts!, /rollout history deployment\/api$/);
    for (const { spec } of place.rendered.objects("Deployment")) ok(spec.revisionHistoryLimit >= 5);
  });

  it("reads logs: as they are written, the errors, into a file, of one region [MQ-51 MQ-52 MP-65]", () => {
    for (const system of ["mapquiz", "mecapy"] as const) {
      const text = textOf(system);
      match(typed(text, "Read logs as they are written")[0]!, /logs --follow --prefix --all-pods deployment\/api$/);
      match(typed(text, "Keep the logs of the last hour in a file")[0]!, /--since 1h .* > api\.log$/);
      match(typed(text, "Read the errors of the last hour")[0]!, /\| grep /);
    }
    match(typed(textOf("mapquiz"), "Read the logs of one region")[0]!, /topology\.kubernetes\.io\/region/);
  });

  it("finds the errors in lines as the systems write them, and no other lines", () => {
    const [command = ""] = typed(textOf("mapquiz"), "Read the errors of the last hour");
    const [, pattern = ""] = /'(.*)'$/.exec(command) ?? [];
    for (const line of ['{"level":"error","message":"a"}', '{"level":50,"time":1}']) match(line, new RegExp(pattern));
    for (const line of ['{"level":"info","message":"no error"}', '{"level":30}']) ok(!new RegExp(pattern).test(line));
  });

  it("opens a shell, restarts without an interruption, and shows the state of all instances [MQ-53 MQ-54 MQ-55]", () => {
    const text = textOf("mapquiz");
    match(typed(text, "Look into a running instance")[0]!, /exec --stdin --tty deployment\/api -- sh$/);
    match(typed(text, "Restart, without an interruption")[0]!, /rollout restart deployment\/api$/);
    match(typed(text, "See the state of all instances")[0]!, /get deployments,.*,pods,.* --output wide$/);
  });

  it("lists what is checked before a change, with the system's own migration [MQ-56 MQ-57 MQ-58 MQ-60]", () => {
    const [, section = ""] = textOf("mapquiz").split("\n## Before a change\n");
    for (const line of [/`npm test`/, /up to date with `main`/, /`npx --no prisma migrate deploy`/, /documents/])
      match(section.split("\n## ")[0]!, line);
  });

  it("has the commands of MecaPy's development, its platforms and its recovery [MP-34 MP-82 MP-144]", () => {
    const text = textOf("mecapy");
    match(text, /`docker-compose -f docker-compose.dev.yml up -d` \| `npm start -- mecapy`/);
    for (const before of [
      "docker-compose logs -f",
      "docker-compose restart api",
      "docker-compose down -v",
      "vercel --prod",
    ])
      ok(text.includes(`| \`${before}\` | [`), before);
    deepEqual(typed(text, "Go back to a digest that ran before"), [
      "npx palier status production",
      "npx palier rollback production --app api",
      "npx palier rollback production --app frontend",
      "npx palier verify production",
    ]);
    match(typed(text, "Take the last migration back").join("\n"), /\["alembic","downgrade","-1"\]/);
  });

  it("keeps a Postgres up to date by its image [MP-138]", () => {
    match(textOf("mecapy"), /At least each month, for its security updates, in staging first: the same major version/);
    equal(
      typed(textOf("mecapy"), "Take a store's newer image")[0],
      "pulumi config set --stack production --path mecapy:images.postgres IMAGE@DIGEST",
    );
  });

  it("goes from a bug in production to what is learnt of it, in six steps [DP-77 YO-46]", () => {
    for (const system of ["debrouillepro", "yonima"] as const) {
      const [, section = ""] = textOf(system).split("\n## An incident\n");
      const steps = [...section.matchAll(/^\d\. \*\*([-\w]+)\*\*/gm)].map(([, step]) => step);
      deepEqual(steps, ["Detection", "Qualification", "Containment", "Correction", "Post-mortem", "Improvement"]);
    }
  });

  it("says that YONIMA's way back from a migration is its backup, and what that loses [YO-50 C-54]", () => {
    const text = textOf("yonima");
    match(text, /its way back is a restore of the last backup, which loses what was written since/);
    match(text, /`restore Supabase's backup \(PITR\)` \| \[Bring data back\]/);
    match(text, /`db-backup` may lose 26 h and is back within 4 h/);
  });

  it("refuses what names production in another environment, by the host", async () => {
    const places = await placesOf(root, "yonima");
    const foreign = places.map((place) =>
      place.rendered.stage === "staging"
        ? { ...place, artefacts: { expo: { variables: { EXPO_PUBLIC_API_URL: "https://api.yonima.example" } } } }
        : place,
    );
    let problem = "";
    try {
      files(foreign, []);
    } catch (error) {
      problem = (error as Error).message;
    }
    equal(problem, "eas.json of staging would name api.yonima.example, which is production's: give its own.");
  });
});
