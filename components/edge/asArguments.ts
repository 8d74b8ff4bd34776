import type { CheckedEdge } from "./checkEdge.ts";
import { type Controller, controllerOf } from "./controller.ts";
import type { EdgeControllerArgs } from "./controllerArgs.ts";
import { answerHeaders } from "./headers.ts";
import { corsSettings, pathsOf, redirectSettings } from "./settings.ts";

/** What an app's edge comes to, by its arguments' own names. */
export function edgeArguments({ args, tls }: CheckedEdge): object {
  const { cors, headers, redirects = {} } = args;
  return {
    paths: pathsOf(args),
    tls,
    cors: cors && corsSettings(cors),
    redirects: Object.fromEntries(Object.entries(redirects).map(([from, one]) => [from, redirectSettings(one)])),
    headers: answerHeaders(headers, tls !== undefined),
  };
}

/** The same of what stands at the edge of an environment's cluster. */
export function controllerArguments(args: EdgeControllerArgs): object {
  const { family, api, className, namespace, selector, clusterIssuer, generated, httpPort, httpsPort }: Controller =
    controllerOf(args);
  const ports = api === "gateway" ? { httpPort, httpsPort } : {};
  return { family, api, className, namespace, selector, clusterIssuer, generated, ...ports };
}
