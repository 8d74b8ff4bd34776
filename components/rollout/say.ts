import * as pulumi from "@pulumi/pulumi";

/** What a release tells while it goes on: lines that stay, and one that changes. */
export interface Say {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
  step(line: string): void;
}

/** As the engine shows it. Nobody waits for it: a line that gets lost is no reason to stop a release. */
export const toEngine: Say = {
  info: (line) => void pulumi.log.info(line).catch(() => {}),
  warn: (line) => void pulumi.log.warn(line).catch(() => {}),
  error: (line) => void pulumi.log.error(line).catch(() => {}),
  step: (line) => void pulumi.log.info(line, undefined, undefined, true).catch(() => {}),
};
