import { lacks } from "../privileges.ts";

/** Why this machine can't have the embedded node, or undefined where it can. */
export async function whyNoNode(): Promise<string | undefined> {
  if (process.platform !== "linux") return `the embedded node runs on Linux, and this is ${process.platform}`;
  const missing = await lacks();
  return missing.length > 0 ? `the embedded node needs ${missing.join(", ")}` : undefined;
}
