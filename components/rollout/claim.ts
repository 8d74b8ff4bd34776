import type { Cluster, Live } from "../../core/cluster/cluster.ts";
import { holderAnnotation } from "../../core/labels.ts";
import { recordName } from "./recordObject.ts";
import { manager } from "./release.ts";
import { isGone, type Releaser, thisReleaser } from "./releaser.ts";

/** A release that is under way says so again and again; one that says nothing for so long has ended with its machine. */
export const usualPace = { everyMs: 5000, silentMs: 15_000, lookMs: 1000 };

/** What a holder has said last. */
type Said = Releaser & { times: number };

const path = `/metadata/annotations/${holderAnnotation.replace("/", "~1")}`;

/**
 * Holds an app for the release that this program makes: another one, whose engine has a state of its own and so knows nothing of this
 * lock, is refused. It stands on the record, as an annotation.
 */
export class Claim {
  readonly #cluster: Cluster;
  readonly #app: string;
  readonly #own: Releaser;
  readonly #pace: typeof usualPace;
  #said: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** What is being said just now: whoever takes it back has to know the last of it. */
  #saying: Promise<void> = Promise.resolve();

  constructor(cluster: Cluster, app: string, own = thisReleaser(), pace = usualPace) {
    this.#cluster = cluster;
    this.#app = app;
    this.#own = own;
    this.#pace = pace;
  }

  /** Throws who holds it, where somebody else does. */
  async take(): Promise<void> {
    let [seen, since] = ["", Date.now()];
    while (this.#said === undefined) {
      const record = await this.#cluster.get("ConfigMap", recordName(this.#app));
      if (!record) return;
      const text = record.metadata.annotations?.[holderAnnotation];
      const holder = read(text);
      if (!holder || isGone(holder, this.#own) || Date.now() - since > this.#pace.silentMs) {
        await this.#put(record, 0);
        continue;
      }
      if (seen !== "" && seen !== text) throw new Error(this.#held(holder));
      seen = text!;
      await new Promise((done) => setTimeout(done, this.#pace.lookMs));
    }
  }

  async free(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#saying;
    const value = this.#said;
    this.#said = undefined;
    if (value === undefined) return;
    const steps = [
      { op: "test" as const, path, value },
      { op: "remove" as const, path },
    ];
    await this.#cluster.patch("ConfigMap", recordName(this.#app), steps, manager).catch(() => false);
  }

  async #put({ metadata }: Live, times: number): Promise<void> {
    const value = JSON.stringify({ ...this.#own, times } satisfies Said);
    const [where, what] = metadata.annotations
      ? [path, value]
      : ["/metadata/annotations", { [holderAnnotation]: value }];
    const steps = [
      { op: "test" as const, path: "/metadata/resourceVersion", value: metadata.resourceVersion },
      { op: "add" as const, path: where as string, value: what },
    ];
    if (!(await this.#cluster.patch("ConfigMap", recordName(this.#app), steps, manager))) return;
    this.#said = value;
    const again = () => {
      this.#saying = this.#again().catch(() => {});
    };
    this.#timer ??= setInterval(again, this.#pace.everyMs).unref();
  }

  /** Not for an engine that is gone: then the next one may go on. */
  async #again(): Promise<void> {
    const before = this.#said;
    if (before === undefined || isGone(this.#own)) return;
    const value = JSON.stringify({ ...this.#own, times: read(before)!.times + 1 } satisfies Said);
    const steps = [
      { op: "test" as const, path, value: before },
      { op: "replace" as const, path, value },
    ];
    const done = await this.#cluster.patch("ConfigMap", recordName(this.#app), steps, manager);
    if (done && this.#said === before) this.#said = value;
  }

  #held({ who, since }: Said): string {
    const meanwhile = "which goes on; nothing of its traffic was touched. Wait until it is done";
    return `${this.#app}: ${who} is releasing it since ${since}, ${meanwhile}`;
  }
}

function read(text: string | undefined): Said | undefined {
  try {
    const said = JSON.parse(text ?? "");
    return typeof said?.who === "string" && Array.isArray(said.processes) ? said : undefined;
  } catch {
    return undefined;
  }
}
