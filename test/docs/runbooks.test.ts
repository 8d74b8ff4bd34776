import { deepEqual, match, ok } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AlertRule } from "../../components/prometheus/alert.ts";
import * as palier from "../../index.ts";
import { declared } from "../declared.ts";
import { promtool } from "../promtool.ts";

const folder = join(import.meta.dirname, "../../docs/runbooks");

/** Every alert that apps with an slo, backups and the Monitoring of an environment declare. */
async function alerts(prometheus: palier.PrometheusArgs = {}): Promise<AlertRule[]> {
  const resources = await declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop", { prometheus });
    const image = `registry.example/api@sha256:${"a".repeat(64)}`;
    new palier.App("api", { environment, image, slo: { availability: 99.9 } });
    const webhook = { name: "slack", key: "webhook" };
    new palier.Monitoring("monitoring", { environment, receivers: { slack: { channel: "#shop", webhook } } });
    saved(environment, image);
  });
  const rules = resources.filter(({ type }) => type.endsWith(":PrometheusRule"));
  const groups = rules.flatMap(({ inputs }) => inputs.spec.groups) as { rules: AlertRule[] }[];
  return groups.flatMap(({ rules }) => rules.filter(({ alert }) => alert !== undefined));
}

function saved(environment: palier.Environment, image: string): void {
  const db = new palier.Postgres("db", { environment, image, databases: { shop: {} } });
  const key = (key: string) => ({ name: "store", key });
  const endpoint = palier.outside({ host: "s3.fr-par.scw.cloud" });
  const credentials = { id: key("id"), secret: key("secret") };
  new palier.Backup("db-backup", {
    environment,
    of: db.links["shop"]!,
    image,
    to: { endpoint, region: "fr-par", bucket: "shop-backups", credentials },
    recipients: [`age1${"q".repeat(58)}`],
    drill: { identity: key("identity"), assertions: [{ sql: "SELECT 1", atLeast: 1 }] },
    alerts: true,
  });
}

describe("the runbooks", () => {
  it("are there for every alert, and for nothing else", async () => {
    const names = (await alerts()).map(({ alert }) => `${alert}.md`);
    deepEqual(readdirSync(folder).sort(), names.sort());
  });

  it("are linked from each alert, where they stand or where somebody has put them", async () => {
    for (const { alert, annotations } of await alerts()) {
      deepEqual(annotations["runbook_url"], `docs/runbooks/${alert}.md`);
      ok(readFileSync(join(folder, "../..", annotations["runbook_url"]!), "utf8").startsWith(`# ${alert}\n`));
    }
    const [first] = await alerts({ runbooks: "https://wiki.shop.example/runbooks" });
    deepEqual(first!.annotations["runbook_url"], `https://wiki.shop.example/runbooks/${first!.alert}.md`);
  });

  it("say how loud it is, what to do and when it ends", async () => {
    for (const { alert, labels } of await alerts()) {
      const text = readFileSync(join(folder, `${alert}.md`), "utf8");
      match(text, labels["severity"] === "critical" ? /^\*Critical\*/m : /^\*Warning\*/m, alert);
      match(text, /## What to do\n\n1\. [\s\S]*## When it ends\n\n\S/, alert);
    }
  });

  it("ask Prometheus what it understands", async function () {
    this.timeout("3m");
    const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
    const code = texts.flatMap((text) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, inner]) => inner!));
    const queries = code.filter((one) => /\{namespace="NAMESPACE"/.test(one));
    ok(queries.length > 5);
    const rules = queries.map((expr, index) => ({ record: `query_${index}`, expr }));
    match((await promtool()).check([{ name: "queries", rules }]), /SUCCESS/);
  });
}).timeout(60_000);
