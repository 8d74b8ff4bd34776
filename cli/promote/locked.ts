/** Who holds a stack, of what Pulumi says when it is locked; undefined where it is not. */
export function heldBy(said: string, stack: string, now: Date): string | undefined {
  if (/Another update is currently in progress/i.test(said)) {
    const url = /https:\/\/\S+/.exec(said)?.[0];
    return `${stack} is being changed by another update${url ? `: ${url}` : ", which its backend does not name"}`;
  }
  if (!/currently locked by \d+ lock/.test(said)) return undefined;
  const holders = [...said.matchAll(/created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/g)].map(
    ([, user, host, process, at]) => `${user} on ${host} (process ${process}) since ${at}${ago(at!, now)}`,
  );
  return `${stack} is being changed by ${holders.join(", and ") || "somebody whom its lock does not name"}`;
}

function ago(at: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(at)) / 60_000);
  if (Number.isNaN(minutes) || minutes < 1) return "";
  return `, ${minutes} ${minutes === 1 ? "minute" : "minutes"} ago`;
}
