import type { EdgeControllerArgs } from "./controllerArgs.ts";
import { type Way, type WayName, ways } from "./ways.ts";

/** The environment's controller, with what it leaves to the family filled in. */
export interface Controller extends Way {
  way: WayName;
  className: string;
  namespace: string;
  selector: { [label: string]: string };
  clusterIssuer?: string;
  generated: boolean;
  httpPort: number;
  httpsPort: number;
}

const namespaces: Record<string, string> = {
  traefik: "traefik",
  haproxy: "haproxy-controller",
  envoy: "envoy-gateway-system",
};

export function controllerOf(args: EdgeControllerArgs): Controller {
  const { family, className = family, selector = {}, clusterIssuer } = args;
  const { generated = false, httpPort = 80, httpsPort = 443 } = args;
  const namespace = args.namespace ?? namespaces[family]!;
  const way = wayOf(args)!;
  return { ...ways[way], way, className, namespace, selector, clusterIssuer, generated, httpPort, httpsPort };
}

/** Undefined for a family that has no such API. */
export function wayOf({ family, api = family === "envoy" ? "gateway" : "ingress" }: EdgeControllerArgs) {
  const names = Object.keys(ways) as WayName[];
  return names.find((name) => ways[name].family === family && ways[name].api === api);
}
