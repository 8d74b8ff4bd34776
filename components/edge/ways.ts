/** A family of controllers, spoken to by one of its APIs. */
export interface Way {
  family: string;
  api: string;
  title: string;
}

export const ways = {
  traefik: { family: "traefik", api: "ingress", title: "Traefik by Ingress" },
  traefikGateway: { family: "traefik", api: "gateway", title: "Traefik by Gateway API" },
  haproxy: { family: "haproxy", api: "ingress", title: "HAProxy by Ingress" },
  envoy: { family: "envoy", api: "gateway", title: "Envoy by Gateway API" },
} as const satisfies Record<string, Way>;

export type WayName = keyof typeof ways;
export const wayNames = Object.keys(ways) as WayName[];
