import type { types } from "@pulumi/kubernetes";
import type { Member } from "../environment/member.ts";
import type { AppSettings } from "./settings.ts";

export function serviceSpec(
  { selector }: Pick<Member, "selector">,
  { port }: AppSettings,
  nodePort?: number,
): types.input.core.v1.ServiceSpec {
  const http = { name: "http", port, targetPort: "http" };
  return nodePort === undefined
    ? { type: "ClusterIP", selector, ports: [http] }
    : { type: "NodePort", selector, ports: [{ ...http, nodePort }] };
}
