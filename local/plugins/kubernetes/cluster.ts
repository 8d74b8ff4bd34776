import { ApiError, isNotFound, Unreachable } from "../../../core/cluster/apiError.ts";
import { resolveTarget, type Target } from "../../../core/cluster/kubeconfig.ts";
import { NoSuchKind } from "./api/api-error.ts";
import { Client } from "./api/client.ts";
import type { Configuration } from "./configuration.ts";
import { at, type KubeObject } from "./model/object.ts";

const mark = "palier.dev/embedded";
const override = "PALIER_STANDIN_ANY_CLUSTER";

/** The one cluster of this provider: asked for once, at the first use. */
export class Cluster {
  readonly #config: Configuration;
  readonly #onDeprecated: (warning: string) => void;
  #client: Promise<Client> | undefined;
  #target: Target | undefined;

  constructor(config: Configuration, onDeprecated: (warning: string) => void) {
    this.#config = config;
    this.#onDeprecated = onDeprecated;
  }

  /** Throws Unreachable where nobody answers, and an Error that says why where the stand-in must not be used. */
  client(): Promise<Client> {
    this.#client ??= this.#connect();
    return this.#client;
  }

  /** The client, or why there is none. For calls that can go on without. */
  async reach(): Promise<Client | Unreachable> {
    try {
      return await this.client();
    } catch (error) {
      if (error instanceof Unreachable) return error;
      throw error;
    }
  }

  /** What an object without a namespace gets; needs no answer from the cluster. */
  get namespace(): string {
    try {
      return this.#resolve().namespace;
    } catch {
      return this.#config.selection.namespace ?? "default";
    }
  }

  async #connect(): Promise<Client> {
    if (this.#config.unknown) throw new Unreachable("its configuration is only known after the update");
    const target = this.#resolve();
    const client = new Client(target, this.#onDeprecated);
    const system = await kubeSystem(client);
    const embedded = at(system, "metadata", "labels", mark) === "true";
    if (!embedded && process.env[override] !== "1") throw new Error(refusal(target));
    return client;
  }

  #resolve(): Target {
    this.#target ??= resolveTarget(this.#config.selection);
    return this.#target;
  }
}

async function kubeSystem(client: Client): Promise<KubeObject | undefined> {
  try {
    return await client.get({ apiVersion: "v1", kind: "Namespace", name: "kube-system" });
  } catch (error) {
    if (isNotFound(error) || error instanceof NoSuchKind) return undefined;
    if (!(error instanceof ApiError)) throw error;
    throw new Unreachable(`the API server refuses to be asked: ${error.message}`);
  }
}

function refusal(target: Target): string {
  return [
    `this is Palier's stand-in for the kubernetes plugin, and the cluster of context ${JSON.stringify(target.context)}`,
    `(${target.cluster.server}) is not the embedded one: its namespace kube-system has no label ${mark}=true.`,
    `Nothing was changed. For any other cluster install the official plugin: pulumi plugin install resource kubernetes`,
    `(or set ${override}=1 if you know what you do)`,
  ].join(" ");
}
