import { readlinkSync } from "node:fs";
import { hostname, userInfo } from "node:os";

/** Who releases: one run of the program. */
export interface Releaser {
  /** As messages name it: a job of a pipeline by its address, else somebody's process. */
  who: string;
  /** Where its processes are known by their numbers. */
  place: string;
  /** The program, and what has started it. */
  processes: number[];
  since: string;
}

export function thisReleaser(env = process.env, now = new Date()): Releaser {
  const { pid, ppid } = process;
  const who = jobOf(env) ?? `${userName()} on ${hostname()} (process ${pid})`;
  return { who, place: `${hostname()} ${namespaceOfProcesses()}`, processes: [pid, ppid], since: now.toISOString() };
}

/** Whether it certainly ended. Of other machines nobody knows that at once. */
export function isGone({ place, processes }: Releaser, here = thisReleaser()): boolean {
  return place === here.place && !processes.every(runs);
}

/** GitHub, GitLab, Jenkins, in this order. */
function jobOf(env: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, CI_JOB_URL, BUILD_URL } = env;
  const run = GITHUB_RUN_ID && `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  return [run, CI_JOB_URL, BUILD_URL].find(Boolean);
}

/** A container may run as a number that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "somebody";
  }
}

/** Containers of one machine may have its name, and count their processes anew. */
function namespaceOfProcesses(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
