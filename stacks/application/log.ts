import { type DestinationStream, type Logger, pino } from "pino";
import type { Configuration } from "./configuration.ts";

/** JSON lines with the fields of the systems' log schema; whatever could be a secret is left out. */
export function createLog(
  config: Pick<Configuration, "LOG_LEVEL" | "SERVICE_NAME" | "ENVIRONMENT">,
  to?: DestinationStream,
): Logger {
  return pino(
    {
      level: config.LOG_LEVEL,
      base: { service: config.SERVICE_NAME, environment: config.ENVIRONMENT },
      messageKey: "message",
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level: level === "trace" ? "debug" : level === "fatal" ? "error" : level }) },
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
