import { type Found, found } from "./found.ts";

interface Load {
  /** Asked in turn. */
  readonly urls: readonly URL[];
  readonly requests: number;
  readonly timeoutMs: number;
  /** So long may 95 of 100 answers take, at most. */
  readonly p95Ms: number;
  /** This share of them may fail, at most. */
  readonly errorRate: number;
}

/** So many are on their way at once. */
const atOnce = 4;

/** Sends a bounded number of requests, and holds the slow and the failed ones against their bounds. */
export async function load({ urls, requests, timeoutMs, p95Ms, errorRate }: Load): Promise<Found[]> {
  const took: number[] = [];
  let failed = 0;
  let next = 0;
  const line = async () => {
    while (next < requests) {
      const url = urls[next++ % urls.length]!;
      const begun = performance.now();
      if (!(await answersWell(url, timeoutMs))) failed++;
      took.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, requests) }, line));
  const slow = percentile(took, 0.95);
  const rate = failed / requests;
  return [
    found("p95", slow <= p95Ms, `${slow.toFixed(0)} ms of ${requests} requests, and ${p95Ms} ms are allowed`),
    found("error rate", rate <= errorRate, `${failed} of ${requests} failed, and ${percent(errorRate)} are allowed`),
  ];
}

async function answersWell(url: URL, timeoutMs: number): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** The value that so many of them don't exceed. */
function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

const percent = (part: number) => `${Number((part * 100).toFixed(2))} %`;
