import type { EnvironmentRef } from "../environment/args.ts";

/** An image that was built already, or what it is built of: exactly one of `reference` and `context`. */
export interface ImageArgs {
  /** Whose it is. Production builds none: it runs what the environment before was proven with. */
  environment: EnvironmentRef;
  /**
   * The image that was built already, by its digest: `registry.example/shop/api@sha256:…`.
   * @default none: it is built of `context`
   */
  reference?: string;
  /**
   * Folder with all that goes into it, from the program's own on. What its `.dockerignore` names stays out.
   * @default none: `reference` is taken
   */
  context?: string;
  /** Registry and name to push it to, without tag: `registry.example/shop/api`. Goes with `context`. */
  repository?: string;
  /**
   * The Dockerfile, from `context` on.
   * @default "Dockerfile"
   */
  dockerfile?: string;
  /**
   * Stage of the Dockerfile at which it ends.
   * @default the last
   */
  target?: string;
  /**
   * Platform that it is for.
   * @default "linux/amd64"
   */
  platform?: string;
  /**
   * Build arguments, which stay in the image for everybody to read: a name of a secret is refused.
   * @default none
   */
  arguments?: { [name: string]: string };
}
