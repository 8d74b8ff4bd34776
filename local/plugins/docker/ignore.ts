/** What the rules of a .dockerignore say about paths, which are relative to the context and have slashes. */
export interface Ignore {
  leavesOut(name: string): boolean;
  /** Whether anything below a folder can be part of the context: one that can't need not be read. */
  mayTakeBelow(folder: string): boolean;
}

interface Rule {
  takesBack: boolean;
  segments: string[];
  matches: RegExp;
}

/** As Docker reads it: a rule holds for a path and all below it, and the last rule that matches decides. */
export function ignoreRules(text: string): Ignore {
  const rules = text
    .split(/\r?\n/)
    .filter((line) => !line.startsWith("#"))
    .flatMap(parse);
  const leavesOut = (name: string): boolean =>
    rules.reduce((out, rule) => (rule.matches.test(name) ? !rule.takesBack : out), false);
  return {
    leavesOut,
    mayTakeBelow: (folder) =>
      !leavesOut(folder) || rules.some(({ takesBack, segments }) => takesBack && couldReach(segments, folder)),
  };
}

function parse(line: string): Rule[] {
  const text = line.trim();
  const takesBack = text.startsWith("!");
  const segments = text
    .slice(takesBack ? 1 : 0)
    .trim()
    .split("/")
    .filter((segment) => segment !== "" && segment !== ".");
  if (segments.length === 0) return [];
  return [{ takesBack, segments, matches: new RegExp(`^${expression(segments)}(/.*)?$`, "s") }];
}

function expression(segments: string[]): string {
  return segments
    .map((segment, index) => {
      const last = index === segments.length - 1;
      if (segment === "**") return last ? ".*" : "(.*/)?";
      return segment.split("**").map(withinSegment).join(".*") + (last ? "" : "/");
    })
    .join("");
}

/** `*`, `?`, `[…]` and `\` stay within one segment of a path. */
function withinSegment(glob: string): string {
  return glob.replace(/\\(.)|\[(\^?)([^\]]+)\]|[*?]|[.+^${}()|[\]\\]/g, (all, escaped, not, set) => {
    if (all === "*") return "[^/]*";
    if (all === "?") return "[^/]";
    if (set !== undefined) return `[${not}${set.replaceAll("\\", "\\\\")}]`;
    return `\\${escaped ?? all}`;
  });
}

/** Whether a rule's path can lie below a folder. */
function couldReach(segments: string[], folder: string): boolean {
  const parts = folder.split("/");
  for (const [index, part] of parts.entries()) {
    const segment = segments[index];
    if (segment === undefined) return true; // the rule takes back a folder above
    if (segment.includes("**")) return true;
    if (!new RegExp(`^${withinSegment(segment)}$`, "s").test(part)) return false;
  }
  return segments.length > parts.length;
}
