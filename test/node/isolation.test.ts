import assert from "node:assert/strict";
import { AvnirTrial } from "./avnir-trial.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";

const reach = (host: string, port: number) => `nc -w 3 ${host} ${port} </dev/null && echo reached || echo refused`;

describeOnNode("what is not linked is not reachable", function (machine) {
  this.timeout("8m");
  const trial = new AvnirTrial(machine, "pr-7");
  const { namespace } = trial;
  const stranger = `${namespace}-stranger`;

  before("up", async () => {
    await trial.init("dev");
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    await kubectl(machine, "create", "namespace", stranger);
    await pod(namespace, "unlinked", {});
    await pod(stranger, "outside", {});
    await pod(namespace, "linked", { "app.kubernetes.io/name": "api" });
  });

  after(async () => {
    await kubectl(machine, "delete", "namespace", stranger, "--wait=false", "--ignore-not-found");
    await trial.drop();
  });

  /** A pod that sleeps, with the small programs of the Postgres image, under the namespace's restrictions. */
  async function pod(namespace: string, name: string, labels: Record<string, string>): Promise<void> {
    const overrides = {
      spec: {
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 0,
        securityContext: { runAsNonRoot: true, runAsUser: 999, seccompProfile: { type: "RuntimeDefault" } },
        containers: [
          {
            name,
            image: machine.images.postgres,
            command: ["sleep", "600"],
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          },
        ],
      },
    };
    const marks = Object.entries({ test: name, ...labels }).map(([key, value]) => `${key}=${value}`);
    const flags = [
      "--image",
      machine.images.postgres,
      "--labels",
      marks.join(","),
      "--overrides",
      JSON.stringify(overrides),
    ];
    await kubectl(machine, "run", name, "-n", namespace, "--restart=Never", ...flags);
    await kubectl(machine, "wait", "pod", name, "-n", namespace, "--for=condition=Ready", "--timeout=60s");
  }

  async function asked(namespace: string, pod: string, host: string, port: number): Promise<string> {
    const said = await kubectl(machine, "exec", "-n", namespace, pod, "--", "sh", "-c", reach(host, port));
    return said.trim();
  }

  async function address(service: string): Promise<string> {
    return (
      await kubectl(machine, "get", "service", service, "-n", namespace, "-o", "jsonpath={.spec.clusterIP}")
    ).trim();
  }

  for (const [service, port] of [
    ["db", 5432],
    ["cache", 6379],
  ] as const) {
    it(`${service}: not from an unlinked pod, not from another namespace, but from a linked pod [DP-27 P-20]`, async () => {
      const host = await address(service);
      assert.equal(await asked(namespace, "linked", host, port), "reached");
      assert.equal(await asked(namespace, "unlinked", host, port), "refused");
      assert.equal(await asked(stranger, "outside", host, port), "refused");
    });
  }

  /** Runs SQL in the database's pod, as a role whose address stands in the access Secret. */
  async function sql(key: "app-url" | "migrator-url", statement: string): Promise<string> {
    const names = await kubectl(machine, "get", "secrets", "-n", namespace, "-o", "name");
    const secret = names.split("\n").find((name) => name.includes("api-database-url-"))!;
    const template = `{{index .data "${key}" | base64decode}}`;
    const url = await kubectl(machine, "get", secret, "-n", namespace, "-o", `go-template=${template}`);
    const here = url.replace(/sslmode=.*/, "sslmode=require");
    return kubectl(machine, "exec", "-n", namespace, "db-0", "-c", "postgres", "--", "psql", here, "-Atc", statement);
  }

  it("lets the app's role write rows and create nothing; the migrations' role may [MP-136 P-22]", async () => {
    assert.equal(
      (await sql("app-url", "INSERT INTO notes (text) VALUES ('row') RETURNING text")).split("\n")[0],
      "row",
    );
    await assert.rejects(sql("app-url", "CREATE TABLE sneaked (id int)"), /permission denied for schema public/);
    await assert.rejects(sql("app-url", "DROP TABLE notes"), /must be owner of table notes/);
    await sql("migrator-url", "CREATE TABLE allowed (id int); DROP TABLE allowed");
  });

  it("keeps secrets, given and generated, out of state, previews, logs, ConfigMaps and pod specs [AV-05 DP-31 DP-50 P-03]", async () => {
    const shown = await kubectl(machine, "get", "secrets", "-n", namespace, "-o", "json");
    const { items } = JSON.parse(shown) as { items: { data: Record<string, string> }[] };
    const values = items.flatMap(({ data }) =>
      Object.values(data).map((text) => Buffer.from(text, "base64").toString()),
    );
    const secrets = values.filter((text) => text.length >= 16 && !text.startsWith("-----BEGIN CERTIFICATE"));
    assert.ok(secrets.includes("sk_test_0123456789abcdef") && secrets.length > 6);
    const places = {
      state: trial.project.stored(),
      preview: (await trial.run("preview", "--diff", "--stack", trial.stack)).output,
      refresh: (await trial.run("refresh", "--yes", "--diff", "--stack", trial.stack)).output,
      objects: await kubectl(
        machine,
        "get",
        "pods,jobs,deployments,statefulsets,configmaps,events",
        "-n",
        namespace,
        "-o",
        "json",
      ),
      logs: await kubectl(
        machine,
        "logs",
        "-n",
        namespace,
        "-l",
        "palier.dev/environment=review",
        "--all-containers",
        "--tail=-1",
        "--prefix",
      ),
    };
    for (const [place, text] of Object.entries(places)) {
      assert.ok(text.length > 0, place);
      for (const secret of secrets)
        assert.ok(!text.includes(secret), `a secret of ${secret.length} characters is in the ${place}`);
    }
  });
});
