import { type DestinationStream, type Logger, pino } from "pino";
import type { Configuration } from "./configuration.ts";
import { flat } from "./logLine.ts";

/** JSON lines with the fields of the systems' log schema; whatever could be a secret is left out. */
export function createLog(
  config: Pick<Configuration, "LOG_LEVEL" | "SERVICE_NAME" | "ENVIRONMENT" | "RELEASE" | "contract">,
  to?: DestinationStream,
): Logger {
  return pino(
    {
      level: config.LOG_LEVEL,
      base: {
        service: config.SERVICE_NAME,
        environment: config.ENVIRONMENT,
        ...(config.contract.flatLines ? { version: config.RELEASE } : {}),
      },
      messageKey: "message",
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: {
        level: (level) => ({ level: level === "trace" ? "debug" : level === "fatal" ? "error" : level }),
        log: (line) => (config.contract.flatLines ? flat(line) : line),
      },
      redact: {
        paths: [
          "authorization",
          "cookie",
          "password",
          "secret",
          "token",
          "*.authorization",
          "*.cookie",
          "*.password",
          "*.secret",
          "*.token",
        ],
        remove: true,
      },
    },
    to ?? pino.destination({ dest: 1, sync: true }),
  );
}
