import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { describeOnNode } from "./machine.ts";

const run = promisify(execFile);
const namespace = "image-trial";

const restricted = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

function pod(name: string, user: number, container: object, volumes: object[]): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 10,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: user,
        runAsGroup: user,
        fsGroup: user,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [{ name, securityContext: restricted, ...container }],
      volumes,
    },
  };
}

const empty = (name: string) => ({ name, emptyDir: {} });
const claimed = (name: string) => ({ name, persistentVolumeClaim: { claimName: name } });

function claim(name: string): object {
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "64Mi" } } };
  return { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name, namespace }, spec };
}

describeOnNode("images, in their official contract under restricted pod security", (machine) => {
  const kubectl = async (...args: string[]): Promise<string> => {
    const { stdout } = await run(machine.kubectl, ["--kubeconfig", machine.kubeconfig, "-n", namespace, ...args]);
    return stdout;
  };
  const apply = async (...objects: object[]): Promise<void> => {
    const list = { apiVersion: "v1", kind: "List", items: objects };
    const child = run(machine.kubectl, ["--kubeconfig", machine.kubeconfig, "apply", "-f", "-"]);
    child.child.stdin!.end(JSON.stringify(list));
    await child;
  };
  const ready = async (name: string): Promise<void> => {
    await kubectl("wait", "--for=condition=Ready", `pod/${name}`, "--timeout=90s").catch(async () => {
      throw new Error(`${name} is not ready: ${await kubectl("logs", name)} ${await kubectl("describe", "pod", name)}`);
    });
  };
  const again = async (name: string, object: object): Promise<void> => {
    await kubectl("delete", "pod", name);
    await apply(object);
    await ready(name);
  };
  // By the pod's own address: initdb trusts whoever comes from 127.0.0.1.
  const sql = (text: string, options = "", password = "$(cat /secret/password)"): Promise<string> => {
    const command = `PGPASSWORD="${password}" psql "host=$(hostname -i) user=admin dbname=shop ${options}" -Atc "$0"`;
    return kubectl("exec", "postgres", "--", "sh", "-c", command, text);
  };

  before(async () => {
    const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } });
  });
  after(() => kubectl("delete", "namespace", namespace, "--wait=false"));

  const arguments_ = ["-c", "ssl=on", "-c", "ssl_cert_file=/secret/tls.crt", "-c", "ssl_key_file=/secret/tls.key"];
  const postgres = pod(
    "postgres",
    999,
    {
      image: machine.images.postgres,
      args: [...arguments_, "-c", "max_connections=17"],
      env: [
        { name: "POSTGRES_USER", value: "admin" },
        { name: "POSTGRES_DB", value: "shop" },
        { name: "POSTGRES_PASSWORD_FILE", value: "/secret/password" },
        { name: "POSTGRES_INITDB_ARGS", value: "--data-checksums --locale='C.UTF-8'" },
        { name: "PGDATA", value: "/var/lib/postgresql/data/pgdata" },
      ],
      readinessProbe: {
        exec: { command: ["pg_isready", "-h", "127.0.0.1", "-U", "admin", "-d", "shop"] },
        periodSeconds: 1,
      },
      volumeMounts: [
        { name: "postgres-data", mountPath: "/var/lib/postgresql/data" },
        { name: "run", mountPath: "/var/run/postgresql" },
        { name: "tmp", mountPath: "/tmp" },
        { name: "secret", mountPath: "/secret", readOnly: true },
        { name: "scripts", mountPath: "/docker-entrypoint-initdb.d", readOnly: true },
      ],
    },
    [
      claimed("postgres-data"),
      empty("run"),
      empty("tmp"),
      { name: "secret", secret: { secretName: "postgres", defaultMode: 0o640 } },
      { name: "scripts", configMap: { name: "scripts" } },
    ],
  );

  it("Postgres initializes by variables, files and scripts, serves TLS, and keeps its data", async () => {
    const scripts = {
      "1-table.sql": "CREATE TABLE items (name text); INSERT INTO items VALUES ('from a script');",
      "2-more.sh": `psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c "INSERT INTO items VALUES ('é from a shell')"`,
    };
    await apply(
      claim("postgres-data"),
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "scripts", namespace }, data: scripts },
      {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "postgres", namespace },
        stringData: { password: 'it\'s $a "secret"', ...(await serverCertificate()) },
      },
      postgres,
    );
    await ready("postgres");
    assert.equal(await sql("SELECT name FROM items ORDER BY 1"), "from a script\né from a shell\n");
    assert.equal(await sql("SHOW max_connections"), "17\n");
    assert.equal(await sql("SHOW data_checksums"), "on\n");
    assert.match(await sql("SHOW server_version"), /^1[5-9]\./);
    const encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    assert.equal(await sql(encrypted, "sslmode=verify-ca sslrootcert=/secret/tls.crt"), "t\n");
    assert.match(await sql("SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'shop'"), /UTF8/);
    assert.match(await kubectl("exec", "postgres", "--", "sh", "-c", "pg_dump --version; id -u"), /pg_dump.*\n999\n/s);
    await assert.rejects(sql("SELECT 1", "", "wrong"), /password authentication failed/);

    await sql("INSERT INTO items VALUES ('before the restart')");
    await again("postgres", postgres);
    assert.equal(await sql("SELECT count(*) FROM items"), "3\n");
    assert.doesNotMatch(await kubectl("logs", "postgres"), /initdb|1-table/);
  });

  it("Postgres without a password says what is missing", async () => {
    const container = {
      image: machine.images.postgres,
      volumeMounts: [{ name: "data", mountPath: "/var/lib/postgresql/data" }],
    };
    await apply(pod("no-password", 999, container, [empty("data")]));
    await kubectl(
      "wait",
      "--for=jsonpath={.status.containerStatuses[0].restartCount}=1",
      "pod/no-password",
      "--timeout=60s",
    );
    assert.match(await kubectl("logs", "no-password"), /POSTGRES_PASSWORD/);
  });

  it("Redis takes a configuration file and arguments, and keeps its data", async () => {
    const config = { "redis.conf": "appendonly yes\nmaxmemory-policy noeviction\n" };
    const redis = pod(
      "redis",
      999,
      {
        image: machine.images.redis,
        args: ["/config/redis.conf", "--maxmemory", "32mb"],
        readinessProbe: { exec: { command: ["redis-cli", "ping"] }, periodSeconds: 1 },
        volumeMounts: [
          { name: "redis-data", mountPath: "/data" },
          { name: "config", mountPath: "/config" },
        ],
      },
      [claimed("redis-data"), { name: "config", configMap: { name: "redis" } }],
    );
    await apply(
      claim("redis-data"),
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "redis", namespace }, data: config },
      redis,
    );
    await ready("redis");
    const ask = (...words: string[]): Promise<string> => kubectl("exec", "redis", "--", "redis-cli", ...words);
    assert.match(await ask("INFO", "server"), /redis_version:7\./);
    assert.match(await ask("CONFIG", "GET", "maxmemory"), /33554432/);
    assert.match(await ask("CONFIG", "GET", "protected-mode"), /no/);
    await ask("SET", "key", "value");
    await again("redis", redis);
    assert.equal(await ask("GET", "key"), "value\n");
  });
});

async function serverCertificate(): Promise<Record<string, string>> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=postgres",
    keys,
    signingAlgorithm: algorithm,
    notAfter: new Date(Date.now() + 86_400_000),
    extensions: [new x509.BasicConstraintsExtension(true)],
  });
  const key = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  const pem = key.match(/.{1,64}/g)!.join("\n");
  return {
    "tls.crt": certificate.toString("pem"),
    "tls.key": `-----BEGIN PRIVATE KEY-----\n${pem}\n-----END PRIVATE KEY-----\n`,
  };
}
