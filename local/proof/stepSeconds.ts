/** Seconds of each step that a command has printed, by its title; a step that had nothing to do may be missing. */
export function stepSeconds(output: string): Record<string, number> {
  const done = output.matchAll(/^✓ (.+?) +(?:(\d+) min )?([\d.]+) s/gm);
  return Object.fromEntries(
    [...done].map(([, title, minutes, rest]) => [title!, Number(minutes ?? 0) * 60 + Number(rest)]),
  );
}
