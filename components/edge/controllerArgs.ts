/** What stands at the edge of an environment's cluster: said here, never probed. */
export interface EdgeControllerArgs {
  /** `traefik`, `haproxy` (HAProxy Technologies' controller) or `envoy` (Envoy Gateway). */
  family: string;
  /**
   * Objects that it reads: `ingress` (Traefik, HAProxy) or `gateway` for the Gateway API (Traefik, Envoy).
   * @default "gateway" for Envoy, "ingress" for the others
   */
  api?: string;
  /**
   * Name of its IngressClass or GatewayClass.
   * @default the family
   */
  className?: string;
  /**
   * Namespace of the pods that serve: an app lets in these alone.
   * @default "traefik", "haproxy-controller" or "envoy-gateway-system", by the family
   */
  namespace?: string;
  /**
   * Labels of the pods that serve.
   * @default every pod of the namespace
   */
  selector?: { [label: string]: string };
  /**
   * ClusterIssuer of cert-manager that signs for apps whose edge says nothing of TLS.
   * @default each app says its own
   */
  clusterIssuer?: string;
  /**
   * An authority of its own signs for each app whose edge says nothing of TLS: for a rehearsal, as nobody trusts it.
   * @default false
   */
  generated?: boolean;
  /**
   * Port of Gateways for plain HTTP, 1–65535; Traefik has the one of its entry point.
   * @default 80
   */
  httpPort?: number;
  /**
   * Port of Gateways for HTTPS, 1–65535; Traefik has the one of its entry point.
   * @default 443
   */
  httpsPort?: number;
}
