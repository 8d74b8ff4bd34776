import { createHash } from "node:crypto";
import { type Panel, panels } from "./panels.ts";
import type { Watched } from "./watched.ts";

/** Label and value by which Grafana's sidecar finds a dashboard, as its chart has them. */
export const sidecarLabel = { grafana_dashboard: "1" };

/** One page of an app, as Grafana takes it; the datasource is chosen in it. */
export function dashboard(app: Watched, { system, stage }: { system: string; stage: string }): string {
  const uid = createHash("sha256").update(`${app.namespace}/${app.name}`).digest("hex").slice(0, 16);
  const page = {
    uid,
    title: `${app.name}, ${app.namespace}`,
    tags: [system, stage],
    schemaVersion: 39,
    refresh: "1m",
    time: { from: "now-6h", to: "now" },
    templating: { list: [{ name: "datasource", type: "datasource", query: "prometheus" }] },
    panels: panels(app).map(placed),
  };
  return `${JSON.stringify(page, undefined, 2)}\n`;
}

/** Three in a row, of eight columns each. */
function placed({ title, type, unit, queries, bound }: Panel, index: number): object {
  const datasource = { type: "prometheus", uid: "$datasource" };
  const beyond = bound === undefined ? [] : [{ color: type === "stat" ? "green" : "red", value: bound }];
  const steps = [{ color: type === "stat" ? "red" : "green", value: null }, ...beyond];
  return {
    id: index + 1,
    title,
    type,
    datasource,
    gridPos: { x: (index % 3) * 8, y: Math.floor(index / 3) * 8, w: 8, h: 8 },
    fieldConfig: {
      defaults: {
        unit,
        thresholds: { mode: "absolute", steps },
        custom: type === "stat" ? {} : { thresholdsStyle: { mode: "dashed" } },
      },
      overrides: [],
    },
    targets: Object.entries(queries).map(([legendFormat, expr], at) => ({
      refId: String.fromCharCode(65 + at),
      datasource,
      legendFormat,
      expr,
    })),
  };
}
