import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { EngineLog } from "../../local/grpc/engine-log.ts";
import type { Provider } from "../../local/grpc/provider.ts";
import type { PropertyMap } from "../../local/grpc/values.ts";
import { kubernetesProvider } from "../../local/plugins/kubernetes/provider.ts";
import { DrivenResource } from "./driven-resource.ts";
import type { Machine } from "./machine.ts";

/** The plugin, configured for a namespace of its own that is made before and removed after the tests of a suite. */
export class KubernetesPlugin {
  readonly namespace: string;
  readonly #machine: Machine;
  readonly #provider: Provider;

  constructor(machine: Machine, name: string) {
    this.#machine = machine;
    this.namespace = `${name}-${Date.now().toString(36)}`;
    this.#provider = this.configured({});
    const metadata = { name: this.namespace };
    let space: DrivenResource;
    before(async () => {
      space = this.resource("kubernetes:core/v1:Namespace", this.namespace);
      await space.create({ apiVersion: "v1", kind: "Namespace", metadata });
    });
    after(() => space.delete());
  }

  configured(config: PropertyMap): Provider {
    const { kubeconfig, context } = this.#machine;
    const made = kubernetesProvider("0.0.0");
    made.configure!({ kubeconfig, context, namespace: this.namespace, ...config }, new EngineLog());
    return made;
  }

  resource(type: string, name: string, by = this.#provider): DrivenResource {
    return new DrivenResource(by, type, name);
  }

  async kubectl(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(this.#machine.kubectl, ["-n", this.namespace, ...args], {
      env: { ...process.env, KUBECONFIG: this.#machine.kubeconfig },
    });
    return stdout.trim();
  }
}

export const configMap = "kubernetes:core/v1:ConfigMap";
export const deploymentType = "kubernetes:apps/v1:Deployment";

export function map(name: string, data: PropertyMap, metadata: PropertyMap = {}) {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, ...metadata }, data };
}

/** Its pods never run; only annotated otherwise does a test wait for them. */
export function deployment(name: string, spec: PropertyMap, annotations: PropertyMap = unawaited) {
  const containers = [{ name: "main", image: "none" }];
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, annotations },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { schedulerName: "nobody", containers } },
      ...spec,
    },
  };
}

const unawaited = { "pulumi.com/skipAwait": "true" };
