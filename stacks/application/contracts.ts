/** What was found of all that the application needs. */
export interface Health {
  status: "healthy" | "unhealthy";
  timestamp: string;
  checks: Record<string, { ok: boolean; milliseconds: number; reason?: string }>;
}

/** What the process of a system promises, in that system's own words: this application keeps it in its place. */
export interface Contract {
  /** Variables without which it does not start. */
  needs: readonly string[];
  /** Variable that says which port it listens on. */
  port: "PORT" | "API_PORT";
  /** Where it tells how it is. */
  healthPath: string;
  /** How it tells so. */
  answer(health: Health): { status: number; body: object };
  /** Field of its log lines that names the request. */
  request: "requestId" | "request_id" | "traceId";
  /** Whether its log lines have what is known of an answer at their top, and the version. */
  flatLines: boolean;
}

/** A status code that every probe understands, and each check in the body. */
const byStatus = (health: Health) => ({ status: health.status === "healthy" ? 200 : 503, body: health });

/** Always 200: only who reads the body learns of what is away. */
const byBody = ({ status, timestamp, checks }: Health) => ({
  status: 200,
  body: {
    status: status === "healthy" ? "ok" : "degraded",
    api: "ok",
    ...Object.fromEntries(Object.entries(checks).map(([name, { ok }]) => [name, ok ? "ok" : "error"])),
    timestamp,
  },
});

const usual = {
  port: "PORT",
  healthPath: "/health",
  answer: byStatus,
  request: "requestId",
  flatLines: false,
} as const;

export const contracts: Readonly<Record<string, Contract>> = {
  avnir: { ...usual, needs: ["DATABASE_URL", "REDIS_URL", "JWT_SECRET"], healthPath: "/api/health" },
  debrouillepro: {
    ...usual,
    needs: ["API_PORT", "REDIS_URL", "JWT_SECRET", "STORAGE_BUCKET"],
    port: "API_PORT",
    request: "traceId",
  },
  mapquiz: {
    ...usual,
    needs: [
      "DATABASE_URL",
      "BETTER_AUTH_SECRET",
      "BETTER_AUTH_URL",
      "SERVER_URL",
      "GOOGLE_CLIENT_ID",
      "GOOGLE_CLIENT_SECRET",
      "GITHUB_TOKEN",
      "GITHUB_REPO_OWNER",
      "GITHUB_REPO_NAME",
    ],
  },
  mecapy: {
    ...usual,
    needs: [
      "DATABASE_URL",
      "DB_POOL_SIZE",
      "KEYCLOAK_URL",
      "KEYCLOAK_REALM",
      "KEYCLOAK_CLIENT_ID",
      "KEYCLOAK_CLIENT_SECRET",
      "SCW_ACCESS_KEY",
      "SCW_SECRET_KEY",
      "CLOUD_BUCKET_UPLOADS",
      "CLOUD_REGION",
      "TOKEN_VERIFICATION_ENABLED",
      "CORS_ALLOW_ORIGINS",
    ],
    answer: byBody,
    request: "request_id",
    flatLines: true,
  },
  "mecapy-frontend": { ...usual, needs: ["API_URL", "NEXT_PUBLIC_API_URL", "NEXT_PUBLIC_ENVIRONMENT"] },
  yonima: { ...usual, needs: ["DATABASE_URL", "REDIS_URL", "SESSION_REDIS_URL"] },
};

/** The contract of that name. Throws with those that there are. */
export function contractOf(name = "avnir"): Contract {
  const found = contracts[name];
  if (found) return found;
  throw new Error(`CONTRACT is "${name}"; there are: ${Object.keys(contracts).join(", ")}`);
}
