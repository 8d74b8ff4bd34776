import { EngineLog } from "../../grpc/engine-log.ts";
import type { Provider } from "../../grpc/provider.ts";
import type { PropertyMap } from "../../grpc/values.ts";
import { check } from "./check.ts";
import { Cluster } from "./cluster.ts";
import { type Configuration, checkConfig, configuration, diffConfig, readConfiguration } from "./configuration.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { diff } from "./diff.ts";
import { isSingleObject } from "./kinds.ts";
import { read } from "./read.ts";
import type { Session } from "./session.ts";
import { update } from "./update.ts";

/** Stands in for the official kubernetes plugin: every kind of object that the API server knows. */
export function kubernetesProvider(version: string): Provider {
  const cancelled = new AbortController();
  let session = open({}, new EngineLog(), cancelled.signal);
  return {
    name: "kubernetes",
    version,
    autonaming: true,
    configuration,
    has: isSingleObject,
    checkConfig: (request) => checkConfig(request),
    diffConfig,
    configure(config, log) {
      session = open(config, log, cancelled.signal);
    },
    check: (request) => check(session, request),
    diff: (request) => diff(session, request),
    create: (request) => create(session, request),
    update: (request) => update(session, request),
    read: (request) => read(session, request),
    delete: (request) => remove(session, request),
    cancel: () => cancelled.abort(),
  };
}

function open(given: PropertyMap, log: EngineLog, signal: AbortSignal): Session {
  const config = readConfiguration(given);
  // Requests are not cut off by Ctrl-C: what the API server does then would be lost. Only waiting ends.
  return { config, log, signal, cluster: new Cluster(config, deprecationWarner(config, log)), replacing: new Set() };
}

/** Each warning once: every object of that kind would bring it again. */
function deprecationWarner({ suppressDeprecationWarnings }: Configuration, log: EngineLog): (warning: string) => void {
  const said = new Set<string>();
  return (warning) => {
    if (suppressDeprecationWarnings || said.has(warning)) return;
    said.add(warning);
    void log.log("warning", warning);
  };
}
