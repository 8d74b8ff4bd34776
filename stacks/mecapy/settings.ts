import { z } from "zod";
import { configuration, type PoolArgs } from "../../index.ts";
import { offered, reference } from "../appImage.ts";
import { backupPlace } from "../backup.ts";
import { managedPostgres } from "../managed.ts";
import { database, place } from "../place.ts";

/** What MecaPy's stack files hold. */
export function settings() {
  return configuration(
    {
      ...place,
      apiUrl: z.url(),
      keycloakUrl: z.url(),
      database,
      managed: managedPostgres.optional(),
      backup: backupPlace.optional(),
      bucket: z.string().min(1),
      tokenVerification: z.boolean(),
      /** Where the frontend's errors are sent: browsers are told, so it is no secret. */
      sentryDsn: z.url(),
      /** Connections of each of the API's processes. */
      pool: z.strictObject({ size: z.int().min(1), overflow: z.int().min(0) }),
      /** How many of all together its database takes, and the memory for them. */
      connections: z.strictObject({ most: z.int(), memory: z.string() }).optional(),
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

/** The pool of each process, by the names that SQLAlchemy is told of it. */
export function pool({ pool }: ReturnType<typeof settings>): PoolArgs {
  return {
    ...pool,
    timeoutSeconds: 30,
    recycleSeconds: 3600,
    names: {
      size: "DB_POOL_SIZE",
      overflow: "DB_MAX_OVERFLOW",
      timeout: "DB_POOL_TIMEOUT",
      recycle: "DB_POOL_RECYCLE",
    },
  };
}
