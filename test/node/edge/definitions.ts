import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The definitions that a controller or an operator brings, as its own Go module carries them. */
export interface Brought {
  module: string;
  folder: string;
  /** Which of the folder's files. */
  file: RegExp;
  /** Parts of the names of what is defined: `certificates.cert-manager.io`. */
  groups: string[];
}

export const brought: Record<string, Brought> = {
  "cert-manager": {
    module: "github.com/cert-manager/cert-manager@v1.21.2",
    folder: "deploy/crds",
    file: /^cert-manager\.io_(certificates|issuers|clusterissuers)\.yaml$/,
    groups: ["cert-manager.io"],
  },
  "the Gateway API": {
    module: "sigs.k8s.io/gateway-api@v1.4.0",
    folder: "config/crd/standard",
    file: /^gateway\.networking\.k8s\.io_(gateways|httproutes)\.yaml$/,
    groups: ["gateway.networking.k8s.io"],
  },
  Traefik: {
    module: "github.com/traefik/traefik/v3@v3.6.12",
    folder: "docs/content/reference/dynamic-configuration",
    file: /^traefik\.io_(middlewares|ingressroutes|serverstransports|traefikservices)\.yaml$/,
    groups: ["traefik.io"],
  },
  "Argo Rollouts": {
    module: "github.com/argoproj/argo-rollouts@v1.9.2",
    folder: "manifests/crds",
    file: /^(rollout|analysis-template)-crd\.yaml$/,
    groups: ["argoproj.io"],
  },
  Flagger: {
    module: "github.com/fluxcd/flagger@v1.41.0",
    folder: "artifacts/flagger",
    file: /^crd\.yaml$/,
    groups: ["flagger.app"],
  },
  "Envoy Gateway": {
    module: "github.com/envoyproxy/gateway@v1.9.1",
    folder: "charts/gateway-helm/charts/crds/crds/generated",
    file: /_(backendtrafficpolicies|clienttrafficpolicies|securitypolicies)\.yaml$/,
    groups: ["gateway.envoyproxy.io"],
  },
};

/**
 * The files, fetched through Go's module proxy and held to its checksums.
 *
 * @param cwd A folder whose go.sum has them already.
 */
export function definitionFiles({ module, folder, file }: Omit<Brought, "groups">, cwd?: string): string[] {
  const told = execFileSync("go", ["mod", "download", "-json", module], { encoding: "utf8", cwd });
  const place = join(JSON.parse(told).Dir, folder);
  return readdirSync(place)
    .filter((name) => file.test(name))
    .sort()
    .map((name) => join(place, name));
}
