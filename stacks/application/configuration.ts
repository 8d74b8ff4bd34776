import { z } from "zod";
import { type Contract, contractOf } from "./contracts.ts";

const path = z.string().regex(/^\/\S*$/, "must be a path that begins with /");
const port = z.coerce.number().int().min(1).max(65535);
const redis = z.string().regex(/^rediss?:\/\//, "must be a redis:// address");
const connections = z.coerce.number().int().min(0).max(1000);

/** What some systems need, and others do not have. */
const needed = {
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?|mongodb(\+srv)?):\/\//, "must be a postgres:// or mongodb:// address"),
  REDIS_URL: redis,
  SESSION_REDIS_URL: redis,
  JWT_SECRET: z.string().min(32, "must have at least 32 characters"),
  BETTER_AUTH_SECRET: z.string().min(64, "must have at least 64 characters"),
  API_URL: z.url(),
  API_PORT: port,
  DB_POOL_SIZE: connections.min(1),
};

const variables = z.object({
  PORT: port.default(3000),
  ...z.object(needed).partial().shape,
  SERVICE_NAME: z.string().default("api"),
  ENVIRONMENT: z.string().default("dev"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error"]).default("info"),
  CORS_ALLOW_ORIGINS: z.string().default("").transform(origins),
  FEATURE_FLAGS_FILE: z.string().optional(),
  RELEASE: z.string().default("unknown"),
  HEALTH_PATH: path.optional(),
  LIVE_PATH: path.default("/live"),
  READY_PATH: path.default("/ready"),
  DATABASE_POOL_MAX: connections.min(1).optional(),
  DB_MAX_OVERFLOW: connections.default(0),
  DB_POOL_TIMEOUT: z.coerce.number().min(1).max(600).default(2),
  DB_POOL_RECYCLE: z.coerce.number().min(0).max(86_400).default(0),
  DRAIN_SECONDS: z.coerce.number().min(0).max(600).default(3),
  START_DELAY_SECONDS: z.coerce.number().min(0).max(600).default(0),
  CONNECTION_SECONDS: z.coerce.number().min(0).max(3600).default(0),
  CRASH_AFTER_SECONDS: z.coerce.number().min(0).max(3600).default(0),
  FAIL_READY: z.string().optional(),
});

export interface Configuration extends z.infer<typeof variables> {
  contract: Contract;
  HEALTH_PATH: string;
}

/** Reads the environment. All problems are told at once, by name: a value may be a secret. */
export function configuration(env: NodeJS.ProcessEnv): Configuration {
  const contract = contractOf(env["CONTRACT"]);
  const parsed = variables.extend(required(contract)).safeParse(env);
  if (parsed.success) {
    const own = parsed.data as z.infer<typeof variables>;
    return { ...own, PORT: own[contract.port]!, HEALTH_PATH: own.HEALTH_PATH ?? contract.healthPath, contract };
  }
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = path.join(".");
    return env[name] === undefined ? `${name} is not set` : `${name}: ${message}`;
  });
  throw new Error(`The environment can't be used: ${problems.join("; ")}`);
}

/** A contract's variables, as they must be; of those that are only passed on, that they are there. */
function required({ needs }: Contract): Record<string, z.ZodType> {
  const known: Record<string, z.ZodType> = { ...needed, CORS_ALLOW_ORIGINS: z.string().min(1).transform(origins) };
  return Object.fromEntries(needs.map((name) => [name, known[name] ?? z.string().min(1, "is empty")]));
}

function origins(list: string, context: z.RefinementCtx): string[] {
  const entries = list.split(",").map((origin) => origin.trim());
  if (entries.includes("*")) context.addIssue("must be a list of origins; * would let every site in");
  return entries.filter((origin) => origin !== "");
}
