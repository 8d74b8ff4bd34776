import { z } from "zod";
import { configuration } from "../../index.ts";
import { offered, reference } from "../appImage.ts";
import { backupPlace } from "../backup.ts";
import { database, place } from "../place.ts";

/** What MecaPy's stack files hold. */
export function settings() {
  return configuration(
    {
      ...place,
      apiUrl: z.url(),
      keycloakUrl: z.url(),
      database,
      backup: backupPlace.optional(),
      bucket: z.string().min(1),
      tokenVerification: z.boolean(),
      /** Where the frontend's errors are sent: browsers are told, so it is no secret. */
      sentryDsn: z.url(),
      /** Connections of each of the API's processes. */
      pool: z.strictObject({ size: z.int().min(1), overflow: z.int().min(0) }),
      images: z.strictObject({
        ...offered,
        api: reference.optional(),
        frontend: reference.optional(),
        postgres: reference,
        backup: reference.optional(),
        /** Keycloak of its own; without it, the one at `keycloakUrl` is somebody else's. */
        keycloak: reference.optional(),
      }),
    },
    ["KEYCLOAK_CLIENT_SECRET", "SCW_ACCESS_KEY", "SCW_SECRET_KEY", "SENTRY_DSN"],
  );
}

/** What SQLAlchemy is told of its pool. */
export function poolVariables({ pool }: ReturnType<typeof settings>): Record<string, string> {
  return {
    DB_POOL_SIZE: String(pool.size),
    DB_MAX_OVERFLOW: String(pool.overflow),
    DB_POOL_TIMEOUT: "30",
    DB_POOL_RECYCLE: "3600",
  };
}
