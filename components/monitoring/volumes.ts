import { alertRule, notice } from "../prometheus/alert.ts";
import type { RuleGroup } from "../prometheus/ruleGroup.ts";

const of = (namespace: string, series: string) => `${series}{namespace=${JSON.stringify(namespace)}}`;

/** How full each volume of an environment is, by AVNIR's name, and the alert before none is left. */
export function volumeGroups(name: string, namespace: string, volumePercent: number, runbooks: string): RuleGroup[] {
  const used = of(namespace, "kubelet_volume_stats_used_bytes");
  const capacity = of(namespace, "kubelet_volume_stats_capacity_bytes");
  const by = "max by (namespace, persistentvolumeclaim)";
  const alert = {
    alert: "VolumeFull",
    expr: `${of(namespace, "disk_usage")} > ${volumePercent / 100}`,
    for: "15m",
    severity: "critical",
    summary: notice({ name: "{{ $labels.persistentvolumeclaim }}", namespace }, `over ${volumePercent} % full`),
  } as const;
  return [
    { name, rules: [{ record: "disk_usage", expr: `${by} (${used} / ${capacity})` }, alertRule(alert, runbooks)] },
  ];
}
