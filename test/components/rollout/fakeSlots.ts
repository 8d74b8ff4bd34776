import assert from "node:assert/strict";
import { slotLabel } from "../../../core/labels.ts";
import { type Asked, FakeApi } from "../../core/cluster/fakeApi.ts";

type Body = Record<string, unknown>;

export interface SlotState {
  replicas: number;
  available: number;
  /** What its pods answer: a status and a body. */
  answers?: () => { status: number; body: string };
  tracked?: boolean;
}

/** An API server that has one app: its Service, its record, its slots. Changes of the traffic are noted in their order. */
export class FakeSlots {
  readonly api: FakeApi;
  readonly slots: Record<string, SlotState>;
  /** What the Service selects, one after the other. */
  readonly moves: string[] = [];
  readonly deleted: string[] = [];
  selected: string;
  committed: string | undefined;
  target: string;
  /** What the record says beside that. */
  record: Record<string, string> = {};
  onMove: (slot: string) => void = () => {};
  /** The edge, where there is one: how it leads, one after the other, and to which Service the engine has committed it. */
  shares: Record<string, number> | undefined;
  led: Record<string, number>[] = [];
  written: string | undefined;
  onLed: (shares: Record<string, number>) => void = () => {};
  /** Whether the answer to what was done is lost on its way. */
  isLost: (asked: Asked) => boolean = () => false;

  constructor(slots: Record<string, SlotState>, at: { selected: string; committed?: string; target: string }) {
    this.slots = slots;
    this.selected = at.selected;
    this.committed = at.committed;
    this.target = at.target;
    this.api = new FakeApi((asked) => {
      const answer = this.#answer(asked);
      return this.isLost(asked) ? { lost: true } : answer;
    });
  }

  #answer({ method, path, query, body }: Asked): { status?: number; body?: Body | string } | undefined {
    const [, kind, name, sub] = /namespaces\/shop\/([a-z]+)(?:\/([^/]+))?(?:\/(.*))?$/.exec(path) ?? [];
    if (kind === "httproutes") return this.#route(method, body as Body[]);
    if (kind === "services" && name === undefined) return { body: { items: [] } };
    if (kind === "services" && name !== "api") return this.slots[name!.replace("api-", "")] && { body: {} };
    if (kind === "services") return method === "PATCH" ? this.#move(body as Body[]) : { body: this.#service() };
    if (kind === "configmaps") return { body: { metadata: { name }, data: { target: this.target, ...this.record } } };
    if (kind === "deployments" && name === undefined) return { body: { items: this.#all() } };
    if (kind === "deployments") return this.#deployment(method, name!, sub, body as Body);
    if (kind === "pods" && sub?.startsWith("proxy")) return this.#ask(name!);
    if (kind === "pods" && sub === undefined) return { body: { items: this.#pods(query["labelSelector"] ?? "") } };
    if (kind === "events") return { body: { items: [] } };
    return undefined;
  }

  #route(method: string, steps: Body[]) {
    if (!this.shares) return undefined;
    const filters = [{ type: "RequestRedirect" }];
    const backendRefs = Object.entries(this.shares).map(([name, weight]) => ({ name, port: 3000, weight }));
    const rules = [{ filters }, { backendRefs }, { backendRefs }];
    if (method === "PATCH") {
      for (const index of [1, 2]) {
        const own = steps.filter(({ path }) => path === `/spec/rules/${index}/backendRefs`);
        const [test, change] = own;
        assert.deepEqual([test!["op"], change!["op"], own.length], ["test", "replace", 2]);
        if (JSON.stringify(test!["value"]) !== JSON.stringify(backendRefs)) return { status: 422, body: {} };
        const to = change!["value"] as { name: string; weight: number; port: number }[];
        assert.ok(to.every(({ port }) => port === 3000));
        this.shares = Object.fromEntries(to.map(({ name, weight }) => [name, weight]));
      }
      this.led.push(this.shares);
      this.onLed(this.shares);
    }
    const annotations = this.written === undefined ? {} : { "palier.dev/release": this.written };
    return { body: { metadata: { name: "api-edge", annotations }, spec: { rules } } };
  }

  #service(): Body {
    const annotations = this.committed === undefined ? {} : { "palier.dev/release": this.committed };
    return { metadata: { name: "api", annotations }, spec: { selector: { [slotLabel]: this.selected } } };
  }

  #move(steps: Body[]) {
    const [test, change] = steps;
    if (test!["value"] !== this.selected) return { status: 422, body: { reason: "Invalid" } };
    this.selected = change!["value"] as string;
    this.moves.push(this.selected);
    this.onMove(this.selected);
    return { body: this.#service() };
  }

  #deployment(method: string, name: string, sub: string | undefined, body: Body) {
    const slot = name === "api" ? "rolling" : name.replace("api-", "");
    const state = this.slots[slot];
    if (!state) return undefined;
    if (sub === "scale") {
      state.replicas = (body["spec"] as { replicas: number }).replicas;
      if (state.available > 0) state.available = state.replicas;
    }
    if (method === "DELETE") {
      delete this.slots[slot];
      this.deleted.push(name);
    }
    return { body: live(slot, state) };
  }

  #all = () => Object.entries(this.slots).map(([slot, state]) => live(slot, state));

  #pods(labels: string): Body[] {
    const slot = /palier\.dev\/slot=([^,]+)/.exec(labels)?.[1] ?? "";
    const { available = 0 } = this.slots[slot] ?? {};
    return Array.from({ length: available }, (_, index) => ({
      metadata: { name: `${slot}.${index}` },
      spec: {},
      status: { conditions: [{ type: "Ready", status: "True" }] },
    }));
  }

  #ask(pod: string) {
    const state = this.slots[pod.split(".")[0]!];
    return state?.answers?.() ?? { status: 200, body: '{"status":"ok"}' };
  }
}

function live(slot: string, { replicas, available, tracked }: SlotState): Body {
  const name = slot === "rolling" ? "api" : `api-${slot}`;
  const own = { "app.kubernetes.io/name": "api", "app.kubernetes.io/component": "app" };
  return {
    metadata: {
      name,
      generation: 1,
      labels: { ...own, "app.kubernetes.io/managed-by": "palier", "app.kubernetes.io/part-of": "shop" },
      annotations: tracked ? { "palier.dev/tracked": "true" } : {},
    },
    spec: { replicas, selector: { matchLabels: { ...own, [slotLabel]: slot } } },
    status: { observedGeneration: 1, availableReplicas: available },
  };
}
