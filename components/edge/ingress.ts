import type { types } from "@pulumi/kubernetes";
import type { EdgeSettings } from "./settings.ts";

export function ingressSpec(edge: EdgeSettings): types.input.networking.v1.IngressSpec {
  const { controller, hosts, paths, certificate, backend } = edge;
  const service = { name: backend.service, port: { number: backend.port } };
  return {
    ingressClassName: controller.className,
    ...(certificate === undefined ? {} : { tls: [{ hosts, secretName: certificate }] }),
    rules: hosts.map((host) => ({
      host,
      http: { paths: paths.map((path) => ({ path, pathType: "Prefix", backend: { service } })) },
    })),
  };
}
