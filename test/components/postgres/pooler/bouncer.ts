import type { ChildProcess } from "node:child_process";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { folders, pgbouncerIni, userlist } from "../../../../components/postgres/pooler/container/conf.ts";
import { pgbouncer } from "../../../../local/images/pgbouncer/recipe.ts";
import { type Ended, Image } from "../../backup/image.ts";
import { freePort } from "../../backup/objectStore.ts";
import type { Server } from "../../backup/server.ts";

/** Its own, of a server on this machine. */
export function certify(folder: string): void {
  const fresh = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  const named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const files = ["-keyout", join(folder, "tls.key"), "-out", join(folder, "tls.crt")];
  execFileSync("openssl", [...fresh, ...named, ...files], { stdio: "pipe" });
  chmodSync(join(folder, "tls.crt"), 0o644);
  chownSync(join(folder, "tls.key"), 999, 999);
}

/** PgBouncer on 127.0.0.1, with the settings that a component declares, before a server of the test's own. */
export class Bouncer {
  readonly asks = "db-pooler";
  readonly password = "asks-for-secrets";
  port = 0;
  #process?: ChildProcess;

  /** @param certificate Folder with the certificate and key that it and the server have. */
  async start(server: Server, certificate: string, parameters: Record<string, string>): Promise<this> {
    const image = await Image.make(pgbouncer);
    const put = (path: string, from: string) => {
      mkdirSync(dirname(join(image.folder, path)), { recursive: true });
      copyFileSync(from, join(image.folder, path));
      chmodSync(join(image.folder, path), 0o444);
    };
    for (const name of ["tls.crt", "tls.key"]) put(`${folders.certificate}/${name}`, join(certificate, name));
    put(`${folders.authority}/ca.crt`, join(certificate, "tls.crt"));
    this.port = await freePort();
    const to = { host: "localhost", port: server.port, databases: ["shop"], mode: "transaction", asks: this.asks };
    const ini = pgbouncerIni({ ...to, parameters }).replace(/^listen_port = .*/m, `listen_port = ${this.port}`);
    const written = { "pgbouncer.ini": ini, "userlist.txt": userlist(this.asks, this.password) };
    mkdirSync(join(image.folder, folders.settings), { recursive: true });
    for (const [name, text] of Object.entries(written)) {
      writeFileSync(join(image.folder, folders.settings, name), text, { mode: 0o444 });
    }
    writeFileSync(join(image.folder, "etc/hosts"), "127.0.0.1 localhost\n");
    this.#process = image.start(["pgbouncer", `${folders.settings}/pgbouncer.ini`]);
    return this;
  }

  /** Asks it by a role. */
  ask(tools: Image, user: string, password: string, text: string, sslmode = "require"): Promise<Ended> {
    const at = { PGHOST: "127.0.0.1", PGPORT: String(this.port), PGDATABASE: "shop", PGSSLMODE: sslmode };
    const command = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", text];
    return tools.run(command, { ...at, PGUSER: user, PGPASSWORD: password });
  }

  async stop(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }
}
