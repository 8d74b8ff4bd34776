import type { Target } from "../../../../core/cluster/kubeconfig.ts";
import { type Request, Transport } from "../../../../core/cluster/transport.ts";
import type { PropertyMap } from "../../../grpc/values.ts";
import { type KubeObject, type Reference, reference } from "../model/object.ts";
import { NoSuchKind } from "./api-error.ts";
import { Discovery, type KindInfo } from "./discovery.ts";

export interface Write {
  fieldManager: string;
  dryRun?: boolean;
}

export interface ListOptions {
  labelSelector?: string;
  fieldSelector?: string;
}

/** The verbs of the API server, for objects of any kind it knows. */
export class Client {
  readonly #transport: Transport;
  readonly #discovery: Discovery;

  constructor(target: Target, onDeprecated: (warning: string) => void) {
    this.#transport = new Transport(target, onDeprecated);
    this.#discovery = new Discovery(this.#transport);
  }

  find(apiVersion: string, kind: string): Promise<KindInfo | undefined> {
    return this.#discovery.find(apiVersion, kind);
  }

  async get(ref: Reference): Promise<KubeObject> {
    return this.#send({ method: "GET", path: await this.#path(ref) });
  }

  async list(apiVersion: string, kind: string, namespace: string, query: ListOptions = {}): Promise<KubeObject[]> {
    const path = await this.#path({ apiVersion, kind, namespace, name: "" });
    const { items } = (await this.#send({ method: "GET", path, query: { ...query } })) as { items?: unknown };
    return ((items ?? []) as KubeObject[]).map((item) => ({ ...item, apiVersion, kind }));
  }

  async create(object: KubeObject, write: Write): Promise<KubeObject> {
    const path = await this.#path({ ...reference(object), name: "" });
    return this.#send({ method: "POST", path, query: parameters(write), body: object });
  }

  /** Server-side apply. Without `force` a field that somebody else set to another value is a conflict. */
  async apply(object: KubeObject, write: Write & { force: boolean }): Promise<KubeObject> {
    return this.#send({
      method: "PATCH",
      path: await this.#path(reference(object)),
      query: { ...parameters(write), force: String(write.force) },
      body: object,
      contentType: "application/apply-patch+yaml",
    });
  }

  async replace(object: KubeObject, write: Write): Promise<KubeObject> {
    const path = await this.#path(reference(object));
    return this.#send({ method: "PUT", path, query: parameters(write), body: object });
  }

  async jsonPatch(ref: Reference, patch: PropertyMap[]): Promise<KubeObject> {
    const path = await this.#path(ref);
    return this.#send({ method: "PATCH", path, body: patch, contentType: "application/json-patch+json" });
  }

  async delete(ref: Reference, propagationPolicy: string): Promise<void> {
    const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy };
    await this.#send({ method: "DELETE", path: await this.#path(ref), body });
  }

  async podLog(namespace: string, name: string, query: Record<string, string>): Promise<string> {
    const path = await this.#path({ apiVersion: "v1", kind: "Pod", namespace, name });
    return this.#transport.send({ method: "GET", path: `${path}/log`, query });
  }

  async #send(request: Request): Promise<KubeObject> {
    return JSON.parse(await this.#transport.send(request)) as KubeObject;
  }

  async #path({ apiVersion, kind, namespace, name }: Reference): Promise<string> {
    const info = await this.#discovery.find(apiVersion, kind);
    if (info === undefined) throw new NoSuchKind(apiVersion, kind);
    const scope = info.namespaced ? `/namespaces/${encodeURIComponent(namespace || "default")}` : "";
    return `${info.base}${scope}/${info.plural}${name && `/${encodeURIComponent(name)}`}`;
  }
}

/** Strict: a misspelt field is an error and not silently dropped. */
function parameters({ fieldManager, dryRun }: Write): Record<string, string | undefined> {
  return { fieldManager, fieldValidation: "Strict", dryRun: dryRun ? "All" : undefined };
}
