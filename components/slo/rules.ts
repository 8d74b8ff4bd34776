import { alertRule } from "../prometheus/alert.ts";
import type { RuleGroup } from "../prometheus/ruleGroup.ts";
import { boundAlerts } from "./bounds.ts";
import { burnAlerts } from "./burn.ts";
import { recordings } from "./recorded.ts";
import type { Watched } from "./watched.ts";

/** What Prometheus records of an app, and what it alerts by. */
export function ruleGroups(app: Watched, runbooks: string): RuleGroup[] {
  const alerts = [...burnAlerts(app), ...boundAlerts(app)];
  return [
    { name: `${app.name}-recorded`, rules: recordings(app) },
    { name: `${app.name}-alerts`, rules: alerts.map((alert) => alertRule(alert, runbooks)) },
  ];
}
