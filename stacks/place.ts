import { z } from "zod";

/** What the stack files of every system say of where it runs; a local run adds what is its machine's. */
export const place = {
  /** Where people reach it. */
  url: z.url(),
  /** Registry to which images are pushed that are built here. */
  registry: z
    .string()
    .regex(/^[a-z0-9][-a-z0-9.:/_]*$/)
    .optional(),
  /** Port of the node on which its API answers. */
  nodePort: z.int().min(1).max(65535).optional(),
};

/** A name that every environment has of its own. */
export const database = z.string().regex(/^[a-z_][a-z0-9_]{0,56}$/);

/** Where it answers: on a port of the node, where it was given one. */
export function answersAt({ url, nodePort }: { url: string; nodePort?: number }): string {
  return nodePort ? `http://127.0.0.1:${nodePort}` : url;
}

/** The name under which it is known at the edge. */
export function hostOf(url: string): string {
  return new URL(url).hostname;
}
