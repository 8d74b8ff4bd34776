/** A mobile app that Expo builds and updates over the air. */
export interface ExpoArtefact {
  /** What each of its builds is given, by name: it is bundled, so anybody can read it. Expo takes `EXPO_PUBLIC_…`. */
  variables: { [name: string]: string };
}

/** How Vercel builds a frontend. */
export interface VercelBuild {
  /**
   * The framework by Vercel's name for it: `nextjs`.
   * @default what Vercel finds
   */
  framework?: string;
  /**
   * Command that installs its packages.
   * @default what Vercel finds
   */
  installCommand?: string;
  /**
   * Command that builds it.
   * @default what Vercel finds
   */
  buildCommand?: string;
  /**
   * Command that serves it while it is written.
   * @default what Vercel finds
   */
  devCommand?: string;
  /**
   * Folder that the build leaves.
   * @default what Vercel finds
   */
  outputDirectory?: string;
}

/** An app that Vercel can host too, or that has been there: with the headers, rewrites and variables of this stack. */
export interface VercelArtefact {
  /** Name of the `App`. */
  app: string;
  /**
   * How it is built.
   * @default what Vercel finds
   */
  build?: VercelBuild;
  /**
   * Regions by Vercel's names: `cdg1`.
   * @default Vercel's
   */
  regions?: string[];
  /**
   * By path, where a request is answered: `{ "/api/:path*": "https://api.shop.example/:path*" }`.
   * @default none
   */
  rewrites?: { [path: string]: string };
  /**
   * Hosts whose images it may show, as AVIF and WebP.
   * @default none
   */
  imageHosts?: string[];
}

/**
 * What `palier artefacts` needs to know of a program beyond its components, to write what stands beside the cluster: a program
 * exports it as `artefacts`. No secret belongs in it.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import type * as palier from "palier";
 *
 * const url = new pulumi.Config().require("url");
 *
 * export const artefacts: palier.Artefacts = {
 *   addresses: { api: url },
 *   expo: { variables: { EXPO_PUBLIC_API_URL: url } },
 * };
 * ```
 */
export interface Artefacts {
  /**
   * Where apps answer that have no `edge`, by name.
   * @default none
   */
  addresses?: { [app: string]: string };
  /**
   * A mobile app, for `eas.json` and its workflow.
   * @default none
   */
  expo?: ExpoArtefact;
  /**
   * A frontend, for `vercel.json`.
   * @default none
   */
  vercel?: VercelArtefact;
  /**
   * Folders in which the sources of apps stand, by name, for `docker-compose.dev.yml`.
   * @default none
   */
  sources?: { [app: string]: string };
}
