/** Why this machine can't have the embedded node, or undefined where it can. */
export function whyNoNode(
  platform: string = process.platform,
  uid: number | undefined = process.getuid?.(),
): string | undefined {
  if (platform !== "linux") return `the embedded node runs on Linux, and this is ${platform}`;
  if (uid !== 0) return "the embedded node needs root";
  return undefined;
}
