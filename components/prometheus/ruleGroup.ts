import type { AlertRule } from "./alert.ts";

export interface Recording {
  record: string;
  expr: string;
  labels?: Record<string, string>;
}

/** Rules that Prometheus goes through together, one after the other. */
export interface RuleGroup {
  name: string;
  rules: (Recording | AlertRule)[];
}
