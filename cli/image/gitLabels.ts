import { execFileSync } from "node:child_process";

/** Where no commit says when, everything is dated 1970, so that the same files still give the same image. */
const none = { labels: {}, epoch: 0 };

/**
 * What the commit says of an image that is built of it. Files that no commit has make no revision: a label would name one that
 * the image is not of.
 */
export function gitLabels(context: string): { labels: { [name: string]: string }; epoch: number } {
  const git = (...words: string[]) => {
    try {
      return execFileSync("git", ["-C", context, ...words], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }).trim();
    } catch {
      return undefined;
    }
  };
  const revision = git("rev-parse", "--verify", "HEAD");
  const epoch = Number(git("log", "-1", "--format=%ct"));
  if (revision === undefined || !(epoch > 0) || git("status", "--porcelain", "--", ".") !== "") return none;
  const source = sourceOf(git("remote", "get-url", "origin"));
  const created = new Date(epoch * 1000).toISOString();
  const labels = { revision, created, ...(source && { source }) };
  return {
    labels: Object.fromEntries(
      Object.entries(labels).map(([name, value]) => [`org.opencontainers.image.${name}`, value]),
    ),
    epoch,
  };
}

/** An address of a repository, without the name and password that CI may have put into it. */
function sourceOf(remote: string | undefined): string | undefined {
  const [, host, path] = /^(?:[^@/]+@)([^:/]+):(.+)$/.exec(remote ?? "") ?? [];
  if (host) return `https://${host}/${path!.replace(/\.git$/, "")}`;
  if (!remote || !URL.canParse(remote) || !/^(https?|ssh):/.test(remote)) return undefined;
  const url = new URL(remote);
  return `https://${url.host}${url.pathname.replace(/\.git$/, "")}`;
}
