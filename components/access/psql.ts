import type { types } from "@pulumi/kubernetes";
import type { Link, PostgresLink, SecretKey } from "../link.ts";

type EnvVar = types.input.core.v1.EnvVar;

/** Uid of `postgres` in the official image. */
export const user = 999;

/** Where a pod has the certificate of a server's authority. */
export const authorityFolder = "/etc/palier/authority";

/** A network policy takes a moment to reach a new pod: until then the server seems away. */
export const whenReachable = `tries=0
until pg_isready --quiet || [ "$tries" -ge 60 ]; do tries=$((tries + 1)); sleep 0.5; done
`;

/** Where SQL runs, and with what. */
export interface Psql {
  /** Of the container, and of the volume with the server's authority. */
  name: string;
  link: Link;
  postgres: PostgresLink;
  /** What runs once the server answers. */
  script: string;
  variables: EnvVar[];
}

/** A container that runs `psql` as a server's administrator, over a verified connection. */
export function psql({ name, link, postgres, script, variables }: Psql): types.input.core.v1.Container {
  return {
    name,
    image: postgres.image,
    command: ["sh", "-ec", `${whenReachable}${script}`],
    env: [...client(link, postgres, administrator(postgres, postgres.maintenance ?? "postgres")), ...variables],
    volumeMounts: [{ name: authorityOf(name), mountPath: authorityFolder, readOnly: true }],
  };
}

/** Who connects, and to what. */
export interface Login {
  user: string;
  database: string;
  password: SecretKey;
}

/** Who makes roles in a server. */
export function administrator({ administrator = "postgres", admin }: PostgresLink, database: string): Login {
  return { user: administrator, database, password: admin };
}

/** By which Postgres' own programs connect. They find the certificate of the server's authority in {@link authorityFolder}. */
export function client(link: Link, { authority }: PostgresLink, { user, database, password }: Login): EnvVar[] {
  return [
    { name: "PGHOST", value: link.host },
    { name: "PGPORT", value: String(link.port) },
    { name: "PGUSER", value: user },
    { name: "PGDATABASE", value: database },
    fromSecret("PGPASSWORD", password),
    { name: "PGSSLMODE", value: "verify-full" },
    { name: "PGSSLROOTCERT", value: `${authorityFolder}/${authority.key}` },
    { name: "PGCONNECT_TIMEOUT", value: "10" },
    { name: "PGOPTIONS", value: "-c client_min_messages=warning" },
  ];
}

/** The volume that such a container mounts. */
export function authority({ name, postgres }: Pick<Psql, "name" | "postgres">): types.input.core.v1.Volume {
  return { name: authorityOf(name), configMap: { name: postgres.authority.name } };
}

const authorityOf = (container: string) => `${container}-authority`;

export function fromSecret(variable: string, { name, key }: SecretKey): EnvVar {
  return { name: variable, valueFrom: { secretKeyRef: { name, key } } };
}
