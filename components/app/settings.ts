import type { Member } from "../environment/member.ts";
import { type Rollout, rolloutSettings } from "../rollout/settings.ts";
import { rolloutSeconds } from "../workload/deployment.ts";
import { type ReplicaSettings, replicaSettings } from "../workload/settings.ts";
import { startSeconds } from "../workload/startup.ts";
import type { AppArgs, ShutdownArgs } from "./args.ts";

/** An app's arguments, completed from the environment's profile. */
export interface AppSettings extends ReplicaSettings {
  port: number;
  rollout: Rollout;
  health: { live: string; start: string; startSeconds: number; ready: string; verify: string };
}

export function appSettings(args: AppArgs, me: Member): AppSettings {
  const path = `App ${me.name}`;
  const { preStopSeconds, drainSeconds, webSocketSeconds = 0 } = shutdownSettings(args.shutdown);
  const end = { preStopSeconds, drainSeconds: drainSeconds + webSocketSeconds };
  const own = replicaSettings(path, args, me, end);
  const { live = "/live", ready = "/ready", start = live, verify = ready, startSeconds: given } = args.health ?? {};
  const health = { live, start, startSeconds: startSeconds(path, given, own), ready, verify };
  return { ...own, port: args.port ?? 3000, health, rollout: rolloutSettings(args.rollout, me, verify) };
}

/** How a pod ends, completed. */
export function shutdownSettings({ preStopSeconds = 5, drainSeconds = 30, webSocketSeconds }: ShutdownArgs = {}) {
  return { preStopSeconds, drainSeconds, webSocketSeconds };
}

/** How long a release by another engine may take that is not stuck. */
export function releaseSeconds({ rollout: { canary, blueGreen }, ...own }: AppSettings): number {
  const tried = (canary ?? blueGreen)?.smokeSeconds ?? 0;
  const watched = canary?.steps.reduce((sum, { seconds }) => sum + seconds, 0) ?? blueGreen?.bakeSeconds ?? 0;
  return rolloutSeconds(own) + tried + watched;
}

/** What the process is told of these settings. */
export function appVariables({ port }: AppSettings, { shutdown }: AppArgs): Record<string, string> {
  const { webSocketSeconds } = shutdown ?? {};
  return {
    PORT: String(port),
    ...(webSocketSeconds === undefined ? {} : { WEBSOCKET_DRAIN_SECONDS: String(webSocketSeconds) }),
  };
}
