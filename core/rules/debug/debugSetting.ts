import { isOff, nameWords } from "../nameWords.ts";

/** The part of a setting's value that puts a program into a debugging mode, or undefined. */
export function debuggingPart(name: string, value: string): string | undefined {
  const words = nameWords(name);
  if (isDebugSwitch(words)) return isOff(value) ? undefined : value;
  if (isLogLevel(words)) return value.split(/[,;\s]+/).find((part) => isVerbose(part));
  const joined = words.join("_");
  if (/(^|_)NODE_ENV$/.test(joined)) return value.trim() === "production" ? undefined : value;
  if (isEnvironmentName(joined))
    return value.split(/[,\s]+/).find((part) => /^(dev|develop|development|debug|local)$/i.test(part));
  if (/(^|_)(GIN|ENCORE|SERVER|RUN|APP|BUILD)_MODE$/.test(joined))
    return /^(debug|dev|development)$/i.test(value) ? value : undefined;
  if (/(OPTIONS|OPTS|JAVA_ARGS|FLAGS|ARGS)$/.test(joined)) return value.split(/\s+/).find(isDebugFlag);
  return undefined;
}

/** `DEBUG`, `APP_DEBUG`, `debug.enabled`, `PYTHONDEBUG`, `ENABLE_DEBUG` … but not `DEBUG_COLORS`. */
function isDebugSwitch(words: readonly string[]): boolean {
  if (/^(PYTHONDEBUG|PYTHONDEVMODE|XDEBUG)$/.test(words.join(""))) return true;
  const rest = words.filter((word) => !/^(ENABLED?|ON|IS|MODE|ACTIVE|USE|SHOW|FLAG|ALLOW)$/.test(word));
  return /^(DEBUG|DEBUGGER|DEBUGGING)$/.test(rest.at(-1) ?? "") || (rest.length === 2 && rest.join() === "DEBUG,MODE");
}

function isLogLevel(words: readonly string[]): boolean {
  const joined = words.join("_");
  return /(^|_)(LOG_?LEVEL|LOGGING_LEVEL|LOGGER_LEVEL|RUST_LOG|LOG_VERBOSITY|LOG_MIN_LEVEL)(_|$)|(^|_)LOGGING_LEVEL_|^LOGLEVEL$/.test(
    joined,
  );
}

/** The level of `debug`, `DEBUG`, `10` (pino, Python) or of one logger: `my.module=trace`, `org.example:debug`. */
function isVerbose(part: string): boolean {
  const level = part.split(/[=:]/).at(-1) ?? "";
  return /^(debug|trace|verbose|silly|all|finest|finer|debug[1-5]|10|5)$/i.test(level.replace(/["']/g, ""));
}

function isEnvironmentName(joined: string): boolean {
  return /^(APP|RAILS|RACK|FLASK|DJANGO|SYMFONY|ASPNETCORE|DOTNET|HONO|NITRO|ENV|MIX|GO|PYTHON|DEPLOY)_?(ENV|ENVIRONMENT)$|^SPRING_PROFILES(_ACTIVE)?$|^QUARKUS_PROFILE$/.test(
    joined,
  );
}

/** A flag or word on a command line that opens a debugger, reloads code or starts a development server. */
export function isDebugFlag(word: string): boolean {
  return (
    /^--inspect(-brk|-wait|-port|-publish-uid)?(=.*)?$/.test(word) ||
    /^-agentlib:jdwp|^-Xrunjdwp|^-Xdebug$|^-javaagent:.*debug|^-Dcom\.sun\.management\.jmxremote(\.port=.*|=true)?$/.test(
      word,
    ) ||
    /^--(debug|enable-debug|debug-mode|debugger|reload|auto-reload|hot-reload|autoreload)$/.test(word) ||
    /^(start-dev|runserver|debugpy|pydevd|pdb|ipdb|nodemon|ts-node-dev|tsx-watch|dlv)$/.test(
      word.split("/").at(-1) ?? "",
    )
  );
}

/** Two words that only together start a development server. */
export function isDebugPair(word: string, next: string): boolean {
  const program = word.split("/").at(-1) ?? "";
  if (/^(next|nuxt|nuxi|remix|astro|vite|gatsby|wrangler|nest|fastapi|quarkus)$/.test(program))
    return /^(dev|develop|--watch)$/.test(next);
  if (/^(npm|yarn|pnpm|bun|run)$/.test(program))
    return /^(dev|start:dev|start-dev|debug|start:debug|develop)$/.test(next);
  return /^(node|bun|deno|tsx)$/.test(program) && /^(--watch(=.*)?|watch|inspect)$/.test(next);
}
