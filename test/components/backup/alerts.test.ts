import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { lateQuery, unwatchedQuery } from "../../../components/backup/alerts.ts";
import { openClone } from "../../../local/clone.ts";
import { debianEnvironment, debianParts } from "../../../local/debian.ts";
import { temporaryFolder } from "../../temporary.ts";

const of = '{namespace="shop-production",cronjob="db-backup"}';
const hour = 3600;

/** Series of a minute each, and whether it is late at an hour after the first. */
const cases: Record<string, { series: [string, string][]; at: string; late: boolean }> = {
  "a backup of an hour ago": {
    series: [[`kube_cronjob_status_last_successful_time${of}`, "0x3000"]],
    at: "1h",
    late: false,
  },
  "one of more than 26 hours ago": {
    series: [[`kube_cronjob_status_last_successful_time${of}`, "0x3000"]],
    at: "27h",
    late: true,
  },
  "one that was missed and made up for": {
    series: [[`kube_cronjob_status_last_successful_time${of}`, `0x1560 ${26 * hour}x1440`]],
    at: "30h",
    late: false,
  },
  "a new CronJob, whose first run is to come": {
    series: [[`kube_cronjob_created${of}`, "0x3000"]],
    at: "10h",
    late: false,
  },
  "one that never succeeded": { series: [[`kube_cronjob_created${of}`, "0x3000"]], at: "27h", late: true },
};

describe("the alerts of backups, by Prometheus' own tool", function alerts() {
  this.timeout("3m");
  let root: string;
  before(async () => {
    const { cache } = await openClone();
    root = await debianParts({ say: () => {}, progress: () => {} }, cache, ["prometheus"]);
  });

  it("are raised when a backup is missed, never succeeded or is watched by nobody, and not before [MP-146]", () => {
    const folder = temporaryFolder("alerts");
    const rules = [
      { alert: "BackupLate", expr: lateQuery("shop-production", "db-backup", 26) },
      { alert: "BackupUnwatched", expr: unwatchedQuery("shop-production", "db-backup"), for: "15m" },
    ];
    writeFileSync(join(folder, "rules.yaml"), stringify({ groups: [{ name: "db-backup", rules }] }));
    const labels = { namespace: "shop-production", cronjob: "db-backup" };
    const tests = Object.entries(cases).map(([name, { series, at, late }]) => ({
      name,
      interval: "1m",
      input_series: series.map(([series, values]) => ({ series, values })),
      alert_rule_test: [{ eval_time: at, alertname: "BackupLate", exp_alerts: late ? [{ exp_labels: labels }] : [] }],
    }));
    const nobody = { eval_time: "1h", alertname: "BackupUnwatched", exp_alerts: [{ exp_labels: labels }] };
    const unwatched = { name: "nobody watches", interval: "1m", input_series: [], alert_rule_test: [nobody] };
    writeFileSync(join(folder, "tests.yaml"), stringify({ rule_files: ["rules.yaml"], tests: [...tests, unwatched] }));
    const env = { ...process.env, ...debianEnvironment(root) };
    const said = execFileSync(join(root, "usr/bin/promtool"), ["test", "rules", "tests.yaml"], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    assert.match(said, /SUCCESS/);
  });
});
