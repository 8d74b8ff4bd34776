import type * as pulumi from "@pulumi/pulumi";
import type { Link } from "../link.ts";

/** Where the certificate comes from: exactly one of these. */
export interface EdgeTlsArgs {
  /** Issuer of cert-manager in the environment's namespace. */
  issuer?: string;
  /** ClusterIssuer of cert-manager. */
  clusterIssuer?: string;
  /** Secret of the type `kubernetes.io/tls` in the environment's namespace. */
  secret?: pulumi.Input<string>;
  /** Signed by an authority of its own, which clients have to be told to trust. */
  generated?: boolean;
}

/** Which other sites' pages may call the app from a browser. Any other origin gets no header. */
export interface CorsArgs {
  /** Exact origins such as `https://avnir.studio`; plain http for this machine alone. */
  origins: string[];
  /**
   * Methods they may use.
   * @default GET, HEAD, POST, PUT, PATCH and DELETE
   */
  methods?: string[];
  /**
   * Headers they may send, by name.
   * @default Authorization and Content-Type
   */
  headers?: string[];
  /**
   * Their pages may send cookies and credentials.
   * @default false
   */
  credentials?: boolean;
  /**
   * Seconds for which browsers keep the answer, 0–86400.
   * @default 600
   */
  maxAgeSeconds?: number;
}

/** Where a path has gone. */
export interface RedirectArgs {
  /** Path on the same host, or an https URL without query. */
  to: string;
  /**
   * Browsers may keep it for good.
   * @default false
   */
  permanent?: boolean;
}

export interface BasicAuthArgs {
  /** Secret in the environment's namespace that holds the users, in the controller's own form: see `docs/edge.md`. */
  secret: pulumi.Input<string>;
}

export interface OidcArgs {
  /** The provider's issuer: an https URL. */
  issuer: string;
  /** What the provider calls this app. */
  clientId: string;
  /** Secret in the environment's namespace whose key `client-secret` holds the app's own secret. */
  clientSecret: pulumi.Input<string>;
}

/** An app that answers in place of this one while work is done. */
export interface MaintenanceArgs {
  /** All requests go there. */
  on: boolean;
  /** Link of another `App` of the environment, which runs all the time and so answers at once. */
  page: Link;
}

/** How the world reaches an app. What the environment's controller can't do is refused. */
export interface EdgeArgs {
  /** DNS name under which it is known; its URL is made from it. */
  host: string;
  /** Further DNS names that are served alike. */
  otherHosts?: string[];
  /**
   * Paths that are the app's, each with all below it.
   * @default "/", which is all
   */
  paths?: string[];
  /**
   * Where the certificate comes from. Without one an app is served in dev and review alone.
   * @default the environment's `clusterIssuer` or `generated`
   */
  tls?: EdgeTlsArgs;
  /**
   * Which other sites' pages may call it.
   * @default none
   */
  cors?: CorsArgs;
  /**
   * Requests a minute from one address, 1–1000000; more get status 429.
   * @default no limit
   */
  rateLimitPerMinute?: number;
  /**
   * Answers are compressed for whoever says that it can read them so.
   * @default as the app sends them
   */
  compress?: boolean;
  /**
   * Largest body of a request, a Kubernetes quantity of 1Mi–1024Ti.
   * @default the controller's
   */
  bodySize?: string;
  /**
   * Seconds within which the app must answer, 1–3600.
   * @default the controller's
   */
  timeoutSeconds?: number;
  /**
   * WebSockets stay open while nobody says anything, for an hour at least.
   * @default as long as the controller leaves them
   */
  webSockets?: boolean;
  /** By the path under which a request comes: the path that the app is asked for, each with all below it. */
  rewrites?: { [path: string]: string };
  /** By exact path: where it has gone. */
  redirects?: { [path: string]: RedirectArgs };
  /**
   * Asks for a name and a password.
   * @default nobody is asked
   */
  basicAuth?: BasicAuthArgs;
  /**
   * Sends to a provider of OpenID Connect whoever is not signed in.
   * @default nobody is sent
   */
  oidc?: OidcArgs;
  /**
   * What answers while work is done.
   * @default the app answers
   */
  maintenance?: MaintenanceArgs;
  /**
   * Headers of every answer, by name: further ones, or other values of the usual; the empty value leaves one out.
   * @default the security headers, with Strict-Transport-Security where there is TLS
   */
  headers?: { [name: string]: string };
}
