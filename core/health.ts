/** Whether an answer says that all is well. What a body says of itself counts too: some are answered with 200 whatever is away. */
export function isWell(status: number, body: string): boolean {
  if (status !== 200) return false;
  const told = statusIn(body);
  return told === undefined || /^(ok|healthy|pass|up)$/i.test(told);
}

/** What a body in JSON says of its status; undefined where it says nothing. */
export function statusIn(body: string): string | undefined {
  try {
    const { status } = { ...JSON.parse(body) } as { status?: unknown };
    return typeof status === "string" ? status : undefined;
  } catch {
    return undefined;
  }
}
