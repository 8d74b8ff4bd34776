import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isWhole, record } from "../proof.ts";
import { AvnirTrial } from "./avnir-trial.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";
import { manifests, operand } from "./postgres/operator.ts";

const writer = readFileSync(join(import.meta.dirname, "postgres/writer.sh"), "utf8");
const seconds = 45;

interface Status {
  currentPrimary: string;
  targetPrimary: string;
  readyInstances?: number;
}

describeOnNode("a Postgres of several servers, by CloudNativePG itself", function (machine) {
  this.timeout("14m");
  if (!isWhole("cluster")) {
    it("skipped: its operator takes minutes to build; npm run proof -- cluster builds it and runs this");
    return;
  }
  const trial = new AvnirTrial(machine, "pr-47");
  const { namespace } = trial;
  const on = (...args: string[]) => kubectl(machine, "-n", namespace, ...args);
  let file: string;

  before("its operator, and up", async () => {
    const image = await operand(machine);
    const config = { "avnir:images": { postgres: machine.images.postgres }, "postgres:operand": image };
    await trial.init("dev", { main: join(import.meta.dirname, "postgres/cluster.ts"), config });
    trial.project.write("operator.yaml", manifests(image));
    file = join(trial.project.folder, "operator.yaml");
  });
  afterEach(async function () {
    if (this.currentTest?.state !== "failed") return;
    for (const name of ["db-1", "db-2", "db-3"]) {
      console.log(name, await on("logs", name, "-c", "postgres", "--tail=15").catch(String));
    }
  });
  after(async () => {
    // The operator ends its servers in order.
    await kubectl(machine, "-n", namespace, "delete", "cluster", "db", "--ignore-not-found");
    await kubectl(machine, "delete", "-f", file, "--ignore-not-found");
    await trial.drop();
  });

  const status = async (): Promise<Status> => JSON.parse(await on("get", "cluster", "db", "-o", "json")).status;
  const asked = async (app: string, sql: string) =>
    (
      await on(
        "exec",
        `deployment/${app}`,
        "--",
        "sh",
        "-c",
        'psql "$DATABASE_URL" -qXAt -v ON_ERROR_STOP=1 -c "$0"',
        sql,
      )
    ).trim();

  /** Writes for a while, and does this meanwhile; tells what was acknowledged, and lost, and for how long nobody was. */
  async function written(meanwhile: () => Promise<unknown>) {
    const writing = on("exec", "deployment/api", "--", "sh", "-c", writer, String(seconds));
    await sleep(8000);
    await meanwhile();
    const lines = (await writing)
      .trim()
      .split("\n")
      .map((line) => line.split(" ").map(Number));
    const kept = new Set((await asked("api", "SELECT id FROM orders")).split("\n").map(Number));
    const gaps = lines.slice(1).map(([, at], index) => at! - lines[index]![1]!);
    const lost = lines.filter(([id]) => !kept.has(id!)).length;
    return { acknowledged: lines.length, lost, gap: Math.max(...gaps) };
  }

  function note(what: string, seen: Awaited<ReturnType<typeof written>>, primary: string): void {
    const { acknowledged, lost, gap } = seen;
    record("Three servers, while rows are written one after the other", {
      ...{ "the primary": what, "rows acknowledged": acknowledged, lost },
      ...{ "seconds without a write": gap.toFixed(1), primary },
    });
  }

  async function whole(): Promise<Status> {
    for (let tries = 0; ; tries++) {
      const now = await status();
      if (now.readyInstances === 3 && now.currentPrimary === now.targetPrimary) return now;
      ok(tries < 180, JSON.stringify(now));
      await sleep(1000);
    }
  }

  it("is refused by a cluster without the operator's kinds, before any pod is made", async () => {
    const { code, output } = await trial.up();
    notEqual(code, 0, output);
    match(output, /(knows no|no matches for) kind/);
    equal(await on("get", "deployments", "-o", "name"), "");
  });

  it("is made by one that has them: three servers, and apps over TLS, each by its own role [MP-48 MQ-85 MP-135 MP-136 MQ-70]", async () => {
    await kubectl(machine, "apply", "--server-side", "-f", file);
    await kubectl(
      machine,
      "-n",
      "cnpg-system",
      "rollout",
      "status",
      "deployment/cnpg-controller-manager",
      "--timeout=120s",
    );
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    equal((await whole()).currentPrimary, "db-1");
    const spoken = "SELECT current_user, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    match(await asked("api", spoken), /^api\.shop\.database_url\|TLSv1\.[23]$/);
    equal(await asked("api", "INSERT INTO orders DEFAULT VALUES RETURNING id > 0"), "t");
    await sleep(1000);
    equal(await asked("report", "SELECT pg_is_in_recovery(), count(*) > 0 FROM orders"), "t|t");
    await rejects(asked("report", "INSERT INTO orders DEFAULT VALUES"), /read-only|permission denied/);
    match(await asked("pooled", spoken), /^pooled\.shop\.database_url\|TLSv1\.[23]$/);
    equal(await asked("pooled", "INSERT INTO orders DEFAULT VALUES RETURNING id > 0"), "t");
    await rejects(
      on(
        "exec",
        "deployment/api",
        "--",
        "sh",
        "-c",
        'psql "$(echo "$DATABASE_URL" | sed s/verify-full/disable/)" -c "SELECT 1"',
      ),
      /pg_hba.conf rejects|no pg_hba.conf entry/,
    );
  });

  it("loses no row that was acknowledged, while the pod of its primary is killed", async () => {
    const { currentPrimary } = await whole();
    const seen = await written(() => on("delete", "pod", currentPrimary, "--grace-period=0", "--force"));
    const now = await whole();
    note("its pod killed", seen, `${currentPrimary} → ${now.currentPrimary}`);
    notEqual(now.currentPrimary, currentPrimary);
    equal(seen.lost, 0);
    ok(seen.acknowledged > 20 && seen.gap < 40, JSON.stringify(seen));
  });

  it("loses none while another takes over as planned", async () => {
    const { currentPrimary } = await whole();
    const target = ["db-1", "db-2", "db-3"].find((name) => name !== currentPrimary)!;
    const phase = { phase: "Switchover in progress", phaseReason: "asked for" };
    const targetPrimaryTimestamp = new Date().toISOString();
    const patch = JSON.stringify({ status: { targetPrimary: target, targetPrimaryTimestamp, ...phase } });
    const seen = await written(() => on("patch", "cluster", "db", "--subresource=status", "--type=merge", "-p", patch));
    const now = await whole();
    note("another takes over as planned", seen, `${currentPrimary} → ${now.currentPrimary}`);
    deepEqual([now.currentPrimary, seen.lost], [target, 0]);
  });

  it("keeps its size: a volume that would shrink is refused before anything is changed", async () => {
    await trial.set("postgres:storage", "512Mi");
    const { code, output } = await trial.up();
    notEqual(code, 0);
    match(output, /Postgres db: storage: "512Mi" is less than the 1Gi that is there, and a volume can't shrink/);
  });
});
