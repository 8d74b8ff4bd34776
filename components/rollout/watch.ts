import type { Cluster, Live } from "../../core/cluster/cluster.ts";
import { ask } from "./ask.ts";
import { type Answered, Asked } from "./asked.ts";
import type { CanaryStepArgs } from "./canaryArgs.ts";
import { beyond, compared, type Figures } from "./figures.ts";
import { pause } from "./interrupted.ts";
import { countsOf, podsOf, restartsOf } from "./pods.ts";
import { measuredBy } from "./prometheus.ts";
import type { Release } from "./release.ts";
import type { Say } from "./say.ts";
import { troubleOf } from "./trouble.ts";

/** Between two looks at pods that are merely seen to be well, and between two answers of which a share is measured. */
const [everyMs, oftenMs] = [1000, 100];

/** How often the same pod may fail to answer, or Prometheus: one answer lost on the way to it says nothing of the release. */
const tolerated = 1;

/** Watches a release under its share of the traffic. Throws what is wrong with it. */
export class Watch {
  readonly #cluster: Cluster;
  readonly #release: Release;
  readonly #count: number;
  readonly #restarts = new Map<string, number>();

  /** @param count Pods that have to be there. */
  constructor(cluster: Cluster, release: Release, count: number) {
    this.#cluster = cluster;
    this.#release = release;
    this.#count = count;
  }

  async under({ weight, seconds }: CanaryStepArgs, say: Say, signal: AbortSignal): Promise<void> {
    const { slot, tried } = this.#release;
    const where = weight === 100 ? "under traffic" : `under ${weight} % of the requests`;
    const until = Date.now() + seconds * 1000;
    const every = this.#isCounted() ? Math.min(everyMs, oftenMs * this.#count) : everyMs;
    const judge = this.#judge();
    let figures: Figures = {};
    let told = 0;
    try {
      while (Date.now() < until) {
        const answers = await this.#look();
        figures = await judge(answers);
        if (Date.now() >= told + everyMs) {
          const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
          const seen = tried.analysis ? compared(figures, tried.analysis) : slowest(answers);
          say.step(`${slot} has ${weight === 100 ? "all traffic" : `${weight} %`}: ${seen}; ${left} s left`);
          told = Date.now();
        }
        await pause(Math.min(every, Math.max(0, until - Date.now())), signal);
      }
      if (seconds > 0) this.#refuseUnmeasured(figures);
    } catch (error) {
      throw signal.aborted ? error : new Error(`${where}: ${(error as Error).message}`);
    }
  }

  /** Whether shares are taken of what the pods answer here. */
  #isCounted(): boolean {
    const { analysis } = this.#release.tried;
    return analysis !== undefined && analysis.prometheus === undefined;
  }

  /** Throws where a container was started anew, or a pod is missing; else what each has answered. */
  async #look(): Promise<Map<string, Answered>> {
    const { app, slot, port, tried } = this.#release;
    const pods = await podsOf(this.#cluster, this.#release, slot);
    for (const pod of pods) await this.#refuseRestarted(pod);
    const now = await countsOf(this.#cluster, app, slot);
    if (!now || now.available < this.#count) {
      const why = await troubleOf(this.#cluster, pods);
      throw new Error(`${now?.available ?? 0} of ${this.#count} pods can serve: ${why}`);
    }
    const answer = async (pod: Live): Promise<[string, Answered]> => {
      return [pod.metadata.name, await ask(this.#cluster, pod, port, tried.smoke)];
    };
    return new Map(await Promise.all(pods.map(answer)));
  }

  async #refuseRestarted(pod: Live): Promise<void> {
    const { name } = pod.metadata;
    const before = this.#restarts.get(name) ?? restartsOf(pod);
    this.#restarts.set(name, before);
    if (restartsOf(pod) > before) throw new Error(await troubleOf(this.#cluster, [pod]));
  }

  /** What holds the answers of one step against what is asked for. */
  #judge(): (answers: Map<string, Answered>) => Promise<Figures> {
    const { tried, slot } = this.#release;
    const asked = new Asked();
    const failed = new Map<string, number>();
    const count = (who: string, problem: string | undefined) => {
      const times = problem === undefined ? 0 : (failed.get(who) ?? 0) + 1;
      failed.set(who, times);
      if (times > tolerated) throw new Error(problem);
    };
    return async (answers) => {
      const { analysis } = tried;
      if (analysis?.errorPercent === undefined || analysis.prometheus)
        for (const [pod, { problem }] of answers) count(pod, problem);
      if (!analysis) return {};
      if (!analysis.prometheus) {
        asked.add([...answers.values()]);
        const figures = asked.figures();
        const bad = beyond(figures, analysis);
        if (bad !== undefined) throw new Error(bad);
        return figures;
      }
      const figures = await measuredBy(this.#cluster, analysis.prometheus, slot).catch(
        (error: Error): Figures & { unknown: true } => ({ unknown: true, last: error.message }),
      );
      count("Prometheus", "unknown" in figures ? figures.last : beyond(figures, analysis));
      return figures;
    };
  }

  /** A bound that nothing was held against is none. */
  #refuseUnmeasured({ errorPercent, latencySeconds, last, answers }: Figures): void {
    const { analysis } = this.#release.tried;
    const missing =
      (analysis?.errorPercent !== undefined && errorPercent === undefined) ||
      (analysis?.latency !== undefined && latencySeconds === undefined);
    if (missing) throw new Error(`nothing was measured: ${last ?? `${answers ?? 0} answers are too few`}`);
  }
}

function slowest(answers: Map<string, Answered>): string {
  const took = Math.max(0, ...[...answers.values()].map(({ milliseconds }) => milliseconds));
  return `${answers.size} pods answer, slowest in ${Math.round(took)} ms`;
}
