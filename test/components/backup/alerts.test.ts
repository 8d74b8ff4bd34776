import { deepEqual, match, throws } from "node:assert/strict";
import { backupGroups } from "../../../components/backup/alerts.ts";
import * as palier from "../../../index.ts";
import { type Declared, declared } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";
import { type Promtool, promtool, type RuleTest } from "../../promtool.ts";

const hour = 3600;
const place = 'namespace="shop-production"';
const of = (cronJob: string) => `{${place},cronjob="${cronJob}"}`;
const saved = `kube_cronjob_status_last_successful_time${of("db-backup")}`;
const tried = `kube_cronjob_status_last_successful_time${of("db-backup-drill")}`;
/** Both CronJobs are told of, and the drill is in time. */
const told: [string, string][] = [
  [`kube_cronjob_created${of("db-backup")}`, "0x3000"],
  [`kube_cronjob_created${of("db-backup-drill")}`, "0x3000"],
];

/** Series of a minute each, and what fires at a time after the first. */
const cases: Record<string, { series: [string, string][]; at: string; fires: string[] }> = {
  "nothing of a backup of an hour ago": { series: [...told, [saved, "0x3000"]], at: "1h", fires: [] },
  "of one of more than 26 hours ago": { series: [...told, [saved, "0x3000"]], at: "27h", fires: ["BackupLate"] },
  "nothing of one that was missed and made up for": {
    series: [...told, [saved, `0x1560 ${26 * hour}x1440`]],
    at: "30h",
    fires: [],
  },
  "nothing of a new CronJob, whose first run is to come": { series: told, at: "10h", fires: [] },
  "of one that never succeeded": { series: told, at: "27h", fires: ["BackupLate"] },
  "of a drill that was missed for a day": {
    series: [...told, [saved, `${40 * hour}x3000`], [tried, "0x3000"]],
    at: "49h",
    fires: ["RestoreDrillLate"],
  },
  "of a backup that nobody watches": {
    series: [told[1]!],
    at: "1h",
    fires: ["BackupUnwatched"],
  },
  "of a drill that nobody watches": {
    series: [told[0]!],
    at: "1h",
    fires: ["RestoreDrillUnwatched"],
  },
};

const drill = { schedule: "0 4 * * *" } as Parameters<typeof backupGroups>[2]["drill"];
const groups = backupGroups("db-backup", "shop-production", { rpoHours: 26, drill }, "docs/runbooks");

describe("the alerts of backups, by Prometheus' own tool", function alerts() {
  this.timeout("3m");
  let tool: Promtool;
  before(async () => {
    tool = await promtool();
  });

  function fires({ series, at, fires }: (typeof cases)[string]): void {
    const cronJob = (alert: string) => (alert.startsWith("RestoreDrill") ? "db-backup-drill" : "db-backup");
    const samples = fires.map((alert) => ({
      labels: `ALERTS{alertname="${alert}",alertstate="firing",${place},cronjob="${cronJob(alert)}",severity="critical"}`,
      value: 1,
    }));
    const one: RuleTest = {
      name: "alerts",
      interval: "1m",
      input_series: series.map(([series, values]) => ({ series, values })),
      promql_expr_test: [{ expr: 'ALERTS{alertstate="firing"}', eval_time: at, exp_samples: samples }],
    };
    match(tool.test(groups, [one]), /SUCCESS/);
  }

  for (const [title, one] of Object.entries(cases)) it(`tell ${title} [MP-146 DP-82]`, () => fires(one));

  it("are seen to be run: an alert that must not fire is told", () => {
    throws(() => fires({ ...cases["of one that never succeeded"]!, fires: [] }), /FAILED/);
  });

  it("are what Prometheus loads", () => match(tool.check(groups), /SUCCESS: 4 rules found/));
});

describe("the alerts of backups", () => {
  const labels = { release: "prometheus" };
  const image = `registry.example/backup@sha256:${"a".repeat(64)}`;

  async function rules(stack: string): Promise<Declared[]> {
    const made = await declared({ stack }, () => {
      const environment = new palier.Environment("shop", { prometheus: { labels } });
      const db = new palier.Postgres("db", { environment, image, databases: { shop: {} } });
      const endpoint = palier.outside({ host: "s3.fr-par.scw.cloud" });
      const credentials = { id: { name: "store", key: "id" }, secret: { name: "store", key: "secret" } };
      const to = { endpoint, region: "fr-par", bucket: "shop-backups", credentials };
      const given = { environment, of: db.links["shop"]!, image, to, recipients: [`age1${"q".repeat(58)}`] };
      new palier.Backup("db-backup", { ...given, keep: { days: 30 }, alerts: true });
    });
    return made.filter(({ type }) => type.endsWith(":PrometheusRule"));
  }

  it("are found by a Prometheus that selects by labels, beside their own", async () => {
    const [rule] = await rules("production");
    const { release, "app.kubernetes.io/name": name } = rule!.inputs.metadata.labels;
    deepEqual([release, name], ["prometheus", "db-backup"]);
    deepEqual(schemaErrors(rule!), []);
  });

  it("are not made where nothing is watched, as no cluster there knows their kind", async () => {
    deepEqual(await rules("dev"), []);
  });
});
