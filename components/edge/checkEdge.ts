import * as pulumi from "@pulumi/pulumi";
import { environmentsInHost } from "../../core/rules/isolation/hostName.ts";
import { ArgumentError, below } from "../argument.ts";
import { checkEnvironment } from "../checkEnvironment.ts";
import type { ClusterArgs } from "../environment/clusterArgs.ts";
import type { Member } from "../environment/member.ts";
import type { EdgeArgs, EdgeTlsArgs } from "./args.ts";
import { type Controller, controllerOf } from "./controller.ts";
import { refuseUnable } from "./refuseUnable.ts";

/** What was asked for, and what is there to do it. */
export interface CheckedEdge {
  args: EdgeArgs;
  controller: Controller;
  tls?: EdgeTlsArgs;
  /** The argument as errors name it. */
  path: string;
  /** What can be asked for a certificate that is there. */
  cluster?: ClusterArgs;
}

/**
 * Refuses what can't be in this environment. Undefined where dev has no edge: apps are reached by their `nodePort` there.
 *
 * @param path The argument as errors name it: `App api: edge`.
 */
export function checkEdge(path: string, me: Member, args: EdgeArgs, cluster?: ClusterArgs): CheckedEdge | undefined {
  checkHost(below(path, "host"), args.host, me);
  for (const [index, host] of (args.otherHosts ?? []).entries())
    checkHost(below(`${path}.otherHosts`, index), host, me);
  const page = args.maintenance?.page;
  if (page?.environment) checkEnvironment(below(path, "maintenance.page"), page, page.environment, me);
  if (page?.name === me.name) {
    throw new ArgumentError(
      below(path, "maintenance.page"),
      `leads to ${me.name} itself; give the link of another App`,
    );
  }
  if (!me.edge) {
    if (me.stage === "dev") return undefined;
    const reason = `${me.stage} has nothing at its edge; set palier:edge or the Environment's edge to what stands there, or leave it out`;
    throw new ArgumentError(path, reason);
  }
  const controller = controllerOf(me.edge);
  refuseUnable(path, args, controller.way);
  const tls = args.tls ?? usualTls(controller);
  if (!tls) checkPlain(path, args, me);
  return { args, controller, path, ...(tls && { tls }), ...(cluster && { cluster }) };
}

/** Who signs for apps that say nothing. */
function usualTls({ clusterIssuer, generated }: Controller): EdgeTlsArgs | undefined {
  if (clusterIssuer !== undefined) return { clusterIssuer };
  return generated ? { generated } : undefined;
}

function checkHost(path: string, host: string, { stage }: Member): void {
  const other = environmentsInHost(host).find((one) => one !== stage);
  const review = stage === "review" ? undefined : host.split(/[.-](?!\d)/).find((part) => /^pr-\d+$/.test(part));
  const foreign = other ?? review;
  if (foreign === undefined) return;
  throw new ArgumentError(path, `"${host}" belongs by its name to ${foreign}; give a host of ${ownName(stage)}`);
}

function ownName(stage: string): string {
  return stage === "review" ? pulumi.getStack() : stage;
}

function checkPlain(path: string, { oidc, basicAuth }: EdgeArgs, { stage }: Member): void {
  const allowed = "issuer, clusterIssuer, secret or generated: true, or set clusterIssuer of the environment's edge";
  if (stage === "staging" || stage === "production") {
    throw new ArgumentError(below(path, "tls"), `is missing, and ${stage} is served by TLS alone; give ${allowed}`);
  }
  if (oidc || basicAuth) {
    throw new ArgumentError(below(path, "tls"), `is missing, and passwords would go in clear; give ${allowed}`);
  }
}
