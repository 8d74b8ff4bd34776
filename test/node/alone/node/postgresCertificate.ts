import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { isWhole, record } from "../../../proof.ts";
import { AvnirTrial } from "../../avnir-trial.ts";
import { eventually } from "../../eventually.ts";
import { kubectl } from "../../kubectl.ts";
import { describeOnNode, type Machine } from "../../machine.ts";

const plugin = resolve(import.meta.dirname, "../../../../local/plugins/tls/main.ts");
const year = 365 * 24 * 60 * 60 * 1000;

/** A tls plugin that believes it is some years ago, for engines that run with this variable. */
async function pluginOfThePast(machine: Machine, years: number): Promise<ChildProcess> {
  const clock = `const now = Date.now; Date.now = () => now() - ${years * year};`;
  const child = spawn(machine.node, ["--import", `data:text/javascript,${clock}`, plugin], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = await once(child.stdout!.setEncoding("utf8"), "data");
  process.env["PULUMI_DEBUG_PROVIDERS"] = `tls:${String(port).trim()}`;
  child.once("exit", () => delete process.env["PULUMI_DEBUG_PROVIDERS"]);
  return child;
}

if (isWhole("node")) {
  for (const { years, stack, says } of [
    { years: 3, stack: "pr-12", says: /certificate verify failed/ },
    { years: 1.5, stack: "pr-13", says: /^kept$/ },
  ]) {
    describeOnNode(`Postgres with a certificate that was made ${years} years ago`, function (machine) {
      this.timeout("5m");
      const trial = new AvnirTrial(machine, stack);
      const host = `db.${trial.namespace}.svc`;
      let authority: string;

      before("is up", async () => {
        await trial.init("dev", { main: join(import.meta.dirname, "database.ts") });
        const past = await pluginOfThePast(machine, years);
        await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
        past.kill();
        await once(past, "exit");
        authority = (await certificate("SelfSignedCert")).certPem;
      });
      after(() => trial.drop());

      async function certificate(type: string): Promise<{ certPem: string; validityEndTime: string }> {
        const { deployment } = JSON.parse(await trial.good("stack", "export", "--stack", trial.stack));
        return deployment.resources.find((one: { type: string }) => one.type.endsWith(`:${type}`)).outputs;
      }

      /** Runs a shell script in the server's container. */
      async function inServer(script: string, ...args: string[]): Promise<string> {
        const place = ["-n", trial.namespace, "db-0", "-c", "postgres"];
        return (await kubectl(machine, "exec", ...place, "--", "sh", "-c", script, ...args)).trim();
      }

      /** What a client says that checks the server's name and certificate. */
      function connect(sql: string): Promise<string> {
        const address = `host=${host} hostaddr=127.0.0.1 user=postgres sslmode=verify-full sslrootcert=/tmp/ca.crt`;
        const script = `printf %s "$0" > /tmp/ca.crt; PGPASSWORD=$(cat /etc/palier/admin/password) psql "${address}" -Atqc "$1" 2>&1 || :`;
        return inServer(script, authority, sql);
      }

      it("is renewed by an up, and its clients and rows stay", async () => {
        const socket = "PGPASSWORD=$(cat /etc/palier/admin/password) psql -U postgres -Atqc";
        const sql = "CREATE TABLE trial AS SELECT 'kept' AS text";
        await inServer(`${socket} "$0"`, sql);
        const before = await connect("SELECT text FROM trial");
        assert.match(before, says);
        await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
        const after = await eventually(async () => {
          const said = await connect("SELECT text FROM trial");
          return said === "kept" ? said : Promise.reject(new Error(said));
        });
        const { validityEndTime } = await certificate("LocallySignedCert");
        const days = Math.floor((Date.parse(validityEndTime) - Date.now()) / 86_400_000);
        assert.equal(days, 729);
        record("Postgres' certificate, renewed by `pulumi up`", {
          "made years ago": years,
          "a client that verifies it, before": before === "kept" ? "connects" : "certificate verify failed",
          afterwards: after === "kept" ? "connects, and finds the row" : after,
          "days left": days,
        });
      });
    });
  }
}
