import { z } from "zod";

const path = z.string().regex(/^\/\S*$/, "must be a path that begins with /");

const variables = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgres:// address"),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, "must be a redis:// address"),
  JWT_SECRET: z.string().min(32, "must have at least 32 characters"),
  SERVICE_NAME: z.string().default("api"),
  ENVIRONMENT: z.string().default("dev"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error"]).default("info"),
  CORS_ALLOW_ORIGINS: z.string().default("").transform(origins),
  FEATURE_FLAGS_FILE: z.string().optional(),
  RELEASE: z.string().default("unknown"),
  HEALTH_PATH: path.default("/api/health"),
  LIVE_PATH: path.default("/live"),
  READY_PATH: path.default("/ready"),
  DRAIN_SECONDS: z.coerce.number().min(0).max(600).default(3),
  START_DELAY_SECONDS: z.coerce.number().min(0).max(600).default(0),
  CONNECTION_SECONDS: z.coerce.number().min(0).max(3600).default(0),
  CRASH_AFTER_SECONDS: z.coerce.number().min(0).max(3600).default(0),
  FAIL_READY: z.string().optional(),
});

export type Configuration = z.infer<typeof variables>;

/** Reads the environment. All problems are told at once, by name: a value may be a secret. */
export function configuration(env: NodeJS.ProcessEnv): Configuration {
  const parsed = variables.safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = path.join(".");
    return env[name] === undefined ? `${name} is not set` : `${name}: ${message}`;
  });
  throw new Error(`The environment can't be used: ${problems.join("; ")}`);
}

function origins(list: string, context: z.RefinementCtx): string[] {
  const entries = list.split(",").map((origin) => origin.trim());
  if (entries.includes("*")) context.addIssue("must be a list of origins; * would let every site in");
  return entries.filter((origin) => origin !== "");
}
