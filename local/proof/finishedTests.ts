import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Suite } from "mocha";

/** The tests of a long proof that have passed, kept in a file so that one that was cut off goes on. */
export function finishedTests(file: string | undefined) {
  const titles = new Set<string>(file && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : []);
  return {
    add(title: string): void {
      titles.add(title);
      if (file) writeFileSync(file, JSON.stringify([...titles]));
    },
    /** Takes those out that have passed before, and says how many. */
    leaveOut(suite: Suite): number {
      const left = suite.tests.filter((test) => !titles.has(test.fullTitle()));
      const out = suite.tests.length - left.length;
      suite.tests = left;
      return suite.suites.reduce((sum, inner) => sum + this.leaveOut(inner), out);
    },
  };
}
