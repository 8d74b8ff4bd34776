import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { matches, patterns } from "../parameters.ts";
import { podRule } from "./podRule.ts";

/** Namespaced, and without effect on other pods: the baseline standard's list as of Kubernetes 1.34. */
const safe =
  `kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.ip_unprivileged_port_start net.ipv4.tcp_syncookies
   net.ipv4.ping_group_range net.ipv4.ip_local_reserved_ports net.ipv4.tcp_keepalive_time net.ipv4.tcp_fin_timeout
   net.ipv4.tcp_keepalive_intvl net.ipv4.tcp_keepalive_probes net.ipv4.tcp_rmem net.ipv4.tcp_wmem`.split(/\s+/);

export const safeSysctls = podRule(
  {
    id: "safe-sysctls",
    description: "Pods set only those kernel parameters that touch nobody else.",
    why: "The kernel of the whole node changes: other apps slow down or fail there, and nobody looks for the cause here.",
    severity: "medium",
    levels: fromStagingOn,
    rows: ["A14"],
    frameworks: ["PSS baseline"],
    parameters: z.strictObject({
      allowed: patterns.default(safe).describe("their names, `*` for any text"),
      denied: patterns.default([]).describe("names of which none may be set, even if allowed"),
    }),
  },
  ({ spec }, { allowed, denied }) =>
    spec
      .at("securityContext", "sysctls")
      .items()
      .flatMap((sysctl) =>
        judge(sysctl.at("name"), (field) =>
          matches(field.text, allowed) && !matches(field.text, denied)
            ? []
            : [finding(field, { problem: "touches the whole node", fix: "leave it out", value: field.text })],
        ),
      ),
);
