import { secretQuery } from "../asking.ts";

/** Where the parts of a pooler are mounted. */
export const folders = {
  settings: "/etc/palier/pgbouncer",
  certificate: "/etc/palier/certificate",
  authority: "/etc/palier/authority",
} as const;

export interface Pooled {
  /** Name of the server's Service. */
  host: string;
  port: number;
  databases: readonly string[];
  mode: string;
  /** Who asks the server for a client's secret. */
  asks: string;
  /** PgBouncer's own settings, by their names. */
  parameters: { [name: string]: string };
}

/**
 * PgBouncer's settings. Both ways are encrypted, and the server is verified. Clients log in by SCRAM with the roles that the server
 * knows, whose secrets it is asked for anew at every login: a rotation needs nothing here.
 */
export function pgbouncerIni({ host, port, databases, mode, asks, parameters }: Pooled): string {
  const all = {
    listen_addr: "*",
    listen_port: String(port),
    unix_socket_dir: "",
    auth_type: "scram-sha-256",
    auth_file: `${folders.settings}/userlist.txt`,
    auth_user: asks,
    auth_query: secretQuery,
    pool_mode: mode,
    client_tls_sslmode: "require",
    client_tls_protocols: "secure",
    client_tls_cert_file: `${folders.certificate}/tls.crt`,
    client_tls_key_file: `${folders.certificate}/tls.key`,
    // No client shows a certificate; it does not start without one to hold them against.
    client_tls_ca_file: `${folders.authority}/ca.crt`,
    server_tls_sslmode: "verify-full",
    server_tls_protocols: "secure",
    server_tls_ca_file: `${folders.authority}/ca.crt`,
    // Drivers say it at the start, and it changes no row.
    ignore_startup_parameters: "extra_float_digits",
    ...parameters,
  };
  const leads = databases.map((name) => `${name} = host=${host} port=${port}`);
  const settings = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  return `[databases]\n${leads.join("\n")}\n\n[pgbouncer]\n${settings.join("\n")}\n`;
}

/** Its one password: who asks for the secrets of the others. */
export function userlist(asks: string, password: string): string {
  return `"${asks}" "${password}"\n`;
}
