import * as pulumi from "@pulumi/pulumi";
import { stageOf } from "../../core/stage.ts";
import { ArgumentError, below } from "../argument.ts";
import type { Member } from "../environment/member.ts";
import type { WorkloadArgs } from "./args.ts";

/** Where traces, metrics and logs are sent to: a link opens the way. */
const otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";
const sentry = "SENTRY_DSN";
const service = "OTEL_SERVICE_NAME";

/** Share of the requests that are traced. */
const share = "0.1";

type Variables = { [name: string]: pulumi.Input<string> };

/** What OpenTelemetry's and Sentry's own libraries read, of a process that is told where to send: who it is, and where it runs. */
export function telemetryVariables({ name, system, stage }: Member, args: WorkloadArgs): Variables {
  const given = { ...args.variables, ...args.secrets, ...args.links };
  return {
    ...(Object.hasOwn(given, otlp) ? otlpVariables(name, system, stage) : {}),
    ...(Object.hasOwn(given, sentry)
      ? { SENTRY_ENVIRONMENT: stage, SENTRY_TRACES_SAMPLE_RATE: share, SENTRY_RELEASE: released(args.image) }
      : {}),
  };
}

/** The same for another process of the app: only its name is its own. */
export function ofProcess(shared: Variables, name: string): Variables {
  return Object.hasOwn(shared, service) ? { [service]: name } : {};
}

/** What Sentry's library has to be told of another image; undefined where nothing is told to Sentry. */
export function sentryRelease(shared: Variables, image: string): Variables | undefined {
  return Object.hasOwn(shared, "SENTRY_RELEASE") ? { SENTRY_RELEASE: released(image) } : undefined;
}

/** A release of Sentry's has no slash in its name: an image is told by its digest, or by its tag. */
function released(image: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.output(image).apply((reference) => reference.split("@")[1] ?? reference.split("/").at(-1)!);
}

/** The environment by its name of before 1.27 of the conventions, too: many backends know only that one. */
function otlpVariables(name: string, system: string, stage: string): Variables {
  const attributes = {
    "service.namespace": system,
    "deployment.environment.name": stage,
    "deployment.environment": stage,
  };
  const listed = Object.entries(attributes).map(([key, value]) => `${key}=${value}`);
  return {
    [service]: name,
    OTEL_LOGS_EXPORTER: "otlp",
    OTEL_RESOURCE_ATTRIBUTES: listed.join(","),
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: share,
  };
}

/** Refuses to have one environment's errors counted as another's. */
export function checkTelemetry(path: string, { stage }: Member, { variables = {} }: WorkloadArgs): void {
  const told = variables["SENTRY_ENVIRONMENT"];
  const meant = typeof told === "string" ? stageOf(told) : undefined;
  if (meant === undefined || meant === stage) return;
  const reason = `${JSON.stringify(told)} stands for ${meant}, and this is ${stage}; leave it out, it is told so`;
  throw new ArgumentError(below(`${path}: variables`, "SENTRY_ENVIRONMENT"), reason);
}
