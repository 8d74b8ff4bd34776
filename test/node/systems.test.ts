import { deepEqual, equal, match, ok } from "node:assert/strict";
import { cores } from "../../core/quantity.ts";
import { postgis } from "../../local/images/postgis/recipe.ts";
import { type SystemName, systemNames } from "../systems.ts";
import { answers } from "./answers.ts";
import { eventually } from "./eventually.ts";
import { made } from "./images/made.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";
import { SystemTrial } from "./system-trial.ts";

type Body = Record<string, unknown> & { status: string; checks: Record<string, { ok: boolean }> };

describeOnNode("the five systems on a node", function (machine) {
  this.timeout("10m");
  const trials = new Map(systemNames.map((name) => [name, new SystemTrial(machine, name, "development")]));
  const trialOf = (name: SystemName) => trials.get(name)!;
  const urlOf = (name: SystemName) => `http://127.0.0.1:${machine.nodePortFirst + 50 + systemNames.indexOf(name)}`;
  const bodyOf = async (answer: Response) => (await answer.json()) as Body;
  const health = async (name: SystemName, path = "/health") => bodyOf(await answers(`${urlOf(name)}${path}`));
  const within = (name: SystemName, ...args: string[]) => kubectl(machine, "-n", trialOf(name).namespace, ...args);
  const post = (url: string, text: string) =>
    fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ text }) });
  const up = async (name: SystemName) => {
    const trial = trialOf(name);
    const images: Record<string, string> = name === "yonima" ? { postgres: await made(machine, postgis) } : {};
    await trial.init("dev", { config: { [`${name}:nodePort`]: Number(new URL(urlOf(name)).port) }, images });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
  };
  const logOf = async (name: SystemName) =>
    (await within(name, "logs", "deployment/api", "--tail=-1"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  after(() => Promise.all([...trials.values()].map((trial) => trial.drop())));

  it("AVNIR comes up and is healthy, with each check [AV-51]", async () => {
    await up("avnir");
    const { status, checks } = await health("avnir", "/api/health");
    equal(status, "healthy");
    deepEqual(Object.keys(checks).sort(), ["database", "disk_space", "memory", "redis"]);
  });

  it("MapQuiz comes up by Prisma's migration and tells its database's state within 30 s, in JSON [MQ-42 MQ-62 MQ-65 MQ-72]", async () => {
    await up("mapquiz");
    const asked = performance.now();
    const { status, checks } = await health("mapquiz");
    ok(performance.now() - asked < 30_000);
    deepEqual([status, checks["database"]?.ok, "redis" in checks], ["healthy", true, false]);
    equal((await post(`${urlOf("mapquiz")}/api/notes`, "migrated")).status, 201);
    for (const line of await logOf("mapquiz")) equal(typeof line["message"], "string");
  });

  it("MecaPy comes up by Alembic's migration, in four processes, on a Postgres 15 [MP-09 MP-29 MP-104]", async () => {
    await up("mecapy");
    const { status, api, database } = await health("mecapy");
    deepEqual([status, api, database], ["ok", "ok", "ok"]);
    equal((await post(`${urlOf("mecapy")}/api/notes`, "migrated")).status, 201);
    const processes = await within("mecapy", "exec", "deployment/api", "--", "ps");
    equal(processes.match(/\bgunicorn\b/g)?.length, 5, processes);
    match(await within("mecapy", "exec", "statefulset/db", "--", "postgres", "--version"), /\b15\./);
  });

  it("MecaPy's frontend reaches its API, and is told how that is", async () => {
    const script = 'fetch("http://127.0.0.1:3000/health").then((answer) => answer.text()).then(console.log)';
    const told = await within("mecapy", "exec", "deployment/frontend", "--", "node", "-e", script);
    const { status, checks } = JSON.parse(told) as Body;
    deepEqual([status, checks["api"]?.ok], ["healthy", true]);
  });

  it("MecaPy's health is 200 while its database is away, and degraded in its body [MP-106 MP-107 C-36]", async () => {
    const scale = (replicas: number) => within("mecapy", "scale", "statefulset", "db", `--replicas=${replicas}`);
    const told = (wanted: string) =>
      eventually(async () => ((await health("mecapy")).status === wanted ? true : undefined));
    await scale(0);
    await told("degraded");
    await answers(`${urlOf("mecapy")}/ready`);
    await scale(1);
    await told("ok");
  });

  it("MecaPy's last migration is taken back and brought again, by Alembic's commands [MP-96]", async () => {
    const secrets = await within("mecapy", "get", "secrets", "-o", "name");
    const secret = secrets.split("\n").find((name) => name.includes("api-database-url-"))!;
    const template = '{{index .data "migrator-url" | base64decode}}';
    const address = await within("mecapy", "get", secret, "-o", `go-template=${template}`);
    const alembic = (command: string) =>
      within(
        "mecapy",
        ...["exec", "deployment/api", "--", "sh", "-c"],
        `MIGRATION_DATABASE_URL='${address}' alembic ${command} 2>&1`,
      );
    match(await alembic("downgrade -1"), /Running downgrade 0002_/);
    match(await alembic("upgrade head"), /Running upgrade 0002_/);
  });

  it("DébrouillePro comes up on API_PORT, with Redis 7 or later and a warm cache, and names each request by traceId [DP-17 DP-23 DP-73 C-61]", async () => {
    await up("debrouillepro");
    const { status, checks } = await health("debrouillepro");
    deepEqual([status, checks["redis"]?.ok, "database" in checks], ["healthy", true, false]);
    const redis = await within("debrouillepro", "exec", "statefulset/cache", "--", "redis-server", "--version");
    ok(Number(/v=(\d+)\./.exec(redis)?.[1]) >= 7, redis);
    const node = await within("debrouillepro", "exec", "deployment/api", "--", "node", "--version");
    ok(Number(/^v(\d+)\./.exec(node)?.[1]) >= 18, node);
    const answered = (await logOf("debrouillepro")).filter(({ message }) => message === "answered");
    ok(answered.length > 0 && answered.every(({ traceId }) => typeof traceId === "string"));
  });

  it("YONIMA comes up with both its Redis, and its database has PostGIS, and its worker does what is put into the queue [YO-08 YO-09 YO-38]", async () => {
    await up("yonima");
    const { status, checks } = await health("yonima");
    deepEqual([status, checks["redis"]?.ok, checks["sessions"]?.ok], ["healthy", true, true]);
    const version =
      'PGPASSWORD="$(cat /etc/palier/admin/password)" psql -U postgres -At -d yonima_dev -c "SELECT postgis_version()"';
    match(await within("yonima", "exec", "db-0", "-c", "postgres", "--", "sh", "-c", version), /^3\./);
    equal((await post(`${urlOf("yonima")}/api/jobs`, "deliver")).status, 202);
    const texts = await eventually(async () => {
      const notes = (await (await answers(`${urlOf("yonima")}/api/notes`)).json()) as { text: string }[];
      return notes.length > 0 ? notes.map(({ text }) => text) : undefined;
    });
    deepEqual(texts, ["deliver"]);
  });

  it("all five run side by side, and ask for a processor and a half at most", async () => {
    await Promise.all(systemNames.map((name) => health(name, name === "avnir" ? "/api/health" : "/health")));
    const path = "{range .items[*]}{range .spec.containers[*]}{.resources.requests.cpu}{'\\n'}{end}{end}";
    const running = ["--field-selector", "status.phase=Running", "-o", `jsonpath=${path}`];
    const asked = await Promise.all(systemNames.map((name) => within(name, "get", "pods", ...running)));
    const sum = asked
      .join("\n")
      .split("\n")
      .reduce((sum, request) => sum + (cores(request) ?? 0), 0);
    ok(sum > 0 && sum <= 1.5, `${sum} cores`);
  });

  for (const name of systemNames) {
    it(`${name} is taken down whole`, async () => {
      equal((await trialOf(name).destroy()).code, 0);
      const left = await kubectl(machine, "get", "namespaces,persistentvolumes", "-o", "name");
      ok(!left.includes(trialOf(name).namespace), left);
    });
  }
});
