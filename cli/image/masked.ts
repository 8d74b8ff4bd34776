/** Hides secrets in what a builder says: a Dockerfile may print what it is given. */
export function masked(secrets: string[]): (text: string) => string {
  const lines = secrets.flatMap((secret) => [secret, ...secret.split("\n")]).filter((one) => one.length > 3);
  const longest = [...new Set(lines)].sort((a, b) => b.length - a.length);
  return (text) => longest.reduce((shown, secret) => shown.replaceAll(secret, "[secret]"), text);
}
