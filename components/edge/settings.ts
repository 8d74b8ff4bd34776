import * as pulumi from "@pulumi/pulumi";
import { bytes } from "../../core/quantity.ts";
import type { EngineName } from "../rollout/engine/name.ts";
import type { CorsArgs, EdgeArgs, MaintenanceArgs, RedirectArgs } from "./args.ts";
import type { Controller } from "./controller.ts";
import { answerHeaders } from "./headers.ts";

export interface CorsSettings {
  origins: string[];
  methods: string[];
  headers: string[];
  credentials: boolean;
  maxAgeSeconds: number;
}

/** Another Service of the app, of the same port, with its share of the requests in percent. */
export interface Beside {
  service: string;
  share: number;
}

/** An app's edge, complete: what each controller's objects are made from. */
export interface EdgeSettings {
  /** The app's name, which its edge has too. */
  name: string;
  namespace: pulumi.Input<string>;
  controller: Controller;
  hosts: string[];
  paths: string[];
  /** What answers: the app's Service or, while work is done, another's. */
  backend: { service: pulumi.Input<string>; port: number };
  /** Releases change the backend's share of the requests. */
  weighed: boolean;
  /** Who changes it, where the update itself does not. */
  engine?: EngineName;
  /** What has a share beside it. */
  beside?: Beside;
  /** Secret with the certificate; undefined for plain HTTP. */
  certificate?: pulumi.Input<string>;
  headers: { [name: string]: string };
  cors?: CorsSettings;
  bodyBytes?: number;
  rewrites: [from: string, to: string][];
  redirects: { from: string; to: string; permanent: boolean }[];
  /** What is taken as it was given. */
  given: Pick<EdgeArgs, "rateLimitPerMinute" | "compress" | "timeoutSeconds" | "webSockets" | "basicAuth" | "oidc">;
}

type Told = Pick<
  EdgeSettings,
  "name" | "namespace" | "controller" | "backend" | "weighed" | "engine" | "beside" | "certificate"
>;

export function edgeSettings(args: EdgeArgs, told: Told): EdgeSettings {
  const { cors, bodySize, rewrites = {}, redirects = {}, maintenance } = args;
  return {
    ...told,
    backend: maintenance?.on ? pageOf(maintenance) : told.backend,
    beside: maintenance?.on ? undefined : told.beside,
    hosts: hostsOf(args),
    paths: pathsOf(args),
    headers: answerHeaders(args.headers, told.certificate !== undefined),
    cors: cors && corsSettings(cors),
    bodyBytes: bodySize === undefined ? undefined : bytes(bodySize),
    rewrites: Object.entries(rewrites),
    redirects: Object.entries(redirects).map(([from, one]) => ({ from, ...redirectSettings(one) })),
    given: args,
  };
}

export function hostsOf({ host, otherHosts = [] }: EdgeArgs): string[] {
  return [host, ...otherHosts];
}

export function pathsOf({ paths = ["/"] }: EdgeArgs): string[] {
  return paths;
}

export function corsSettings({ origins, ...own }: CorsArgs): CorsSettings {
  const {
    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    headers = ["Authorization", "Content-Type"],
    credentials = false,
    maxAgeSeconds = 600,
  } = own;
  return { origins, methods, headers, credentials, maxAgeSeconds };
}

export function redirectSettings({ to, permanent = false }: RedirectArgs) {
  return { to, permanent };
}

/** It is ready before anybody is sent there. */
function pageOf({ page }: MaintenanceArgs): EdgeSettings["backend"] {
  return { service: pulumi.output(page.ready).apply(() => page.name), port: page.port };
}
