import { isNotFound } from "../../../../core/cluster/apiError.ts";
import type { Transport } from "../../../../core/cluster/transport.ts";
import { maps, text } from "../model/object.ts";

export interface KindInfo {
  /** The path under which the objects lie, namespaces apart: `/apis/apps/v1`. */
  base: string;
  plural: string;
  namespaced: boolean;
}

/** Asks the API server which kinds it has, one group version at a time and only those that are needed. */
export class Discovery {
  readonly #transport: Transport;
  readonly #versions = new Map<string, Promise<Map<string, KindInfo>>>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async find(apiVersion: string, kind: string): Promise<KindInfo | undefined> {
    const known = (await this.#load(apiVersion)).get(kind);
    if (known !== undefined) return known;
    // Its CustomResourceDefinition may have been made since.
    this.#versions.delete(apiVersion);
    return (await this.#load(apiVersion)).get(kind);
  }

  #load(apiVersion: string): Promise<Map<string, KindInfo>> {
    let version = this.#versions.get(apiVersion);
    if (version === undefined) {
      version = this.#fetch(apiVersion);
      this.#versions.set(apiVersion, version);
      version.catch(() => this.#versions.delete(apiVersion));
    }
    return version;
  }

  async #fetch(apiVersion: string): Promise<Map<string, KindInfo>> {
    const base = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    try {
      const list = JSON.parse(await this.#transport.send({ method: "GET", path: base }));
      const kinds = maps(list.resources).filter(({ name }) => !text(name).includes("/"));
      return new Map(
        kinds.map((resource) => [
          text(resource["kind"]),
          { base, plural: text(resource["name"]), namespaced: resource["namespaced"] === true },
        ]),
      );
    } catch (error) {
      if (isNotFound(error)) return new Map();
      throw error;
    }
  }
}
