import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { type Declared, find } from "../declared.ts";
import { refusedOf, saidOf } from "../policies/refusedOf.ts";
import { type Config, imagesOf, type SystemName, system, trackedConfigOf } from "../systems.ts";

const recipients = [`age1${"q".repeat(58)}`];
const image = `registry.example/backup@sha256:${"d".repeat(64)}`;

/** A system that was given what no tracked stack file holds: the image, and whom to encrypt for. */
function saving(name: SystemName, stack = "production", changes: Config = {}): Promise<Declared[]> {
  const place = trackedConfigOf(name, stack)[`${name}:backup`] as object;
  const config = { [`${name}:images`]: { ...imagesOf(name), backup: image } };
  return system(name, stack, { ...config, [`${name}:backup`]: { ...place, recipients }, ...changes });
}

const cronJob = (resources: Declared[], name = "db-backup") =>
  find(resources, "kubernetes:batch/v1:CronJob", name).inputs.spec;

function toldOf(resources: Declared[]): Record<string, string> {
  const [container] = cronJob(resources).jobTemplate.spec.template.spec.containers;
  return Object.fromEntries(container.env.map(({ name, value }: { name: string; value: string }) => [name, value]));
}

describe("the backups of the systems", () => {
  for (const name of ["avnir", "mecapy", "yonima"] as const) {
    it(`${name} saves by the rules, in staging as in production, and tries it monthly`, async () => {
      const [staging, production] = [await saving(name, "staging"), await saving(name)];
      deepEqual([refusedOf("staging", staging), refusedOf("production", production)], [[], []]);
      const about = /^(database-is-backed-up|backup-is-sound|restore-is-drilled): StatefulSet "db"/;
      deepEqual(
        saidOf("production", production).filter(({ text }) => about.test(text)),
        [],
      );
      const parts = (resources: Declared[], stack: string) =>
        resources.map((one) => `${one.type} ${one.name}`.replace(stack, "STACK"));
      deepEqual(parts(staging, "staging"), parts(production, "production"));
      ok(toldOf(staging)["STORE"] !== toldOf(production)["STORE"]);
      equal(cronJob(production, "db-backup-drill").schedule, "0 4 1 * *");
    });

    it(`${name} has the store's keys from a Secret that somebody else makes`, async () => {
      const env = cronJob(await saving(name)).jobTemplate.spec.template.spec.containers[0].env;
      const from = env.filter((one: { name: string }) => /ACCESS_KEY/.test(one.name));
      deepEqual(
        from.map((one: { valueFrom: { secretKeyRef: object } }) => one.valueFrom.secretKeyRef),
        [
          { name: "backup", key: "id" },
          { name: "backup", key: "secret" },
        ],
      );
    });

    it(`${name} saves nothing where no image was given for it, as on a machine of one's own`, async () => {
      const resources = await system(name, "production");
      ok(!resources.some(({ name }) => name.includes("backup")));
    });

    it(`${name} refuses to save for nobody`, () =>
      rejects(
        saving(name, "production", { [`${name}:backup`]: trackedConfigOf(name, "production")[`${name}:backup`] }),
        /Backup db-backup: recipients: an empty list is not allowed/,
      ));
  }

  it("of MecaPy with a Keycloak of its own save its people nightly, and its configuration weekly [MP-140]", async () => {
    const keycloak = `registry.example/keycloak@sha256:${"e".repeat(64)}`;
    const images = { ...imagesOf("mecapy"), backup: image, keycloak };
    const resources = await saving("mecapy", "production", { "mecapy:images": images });
    deepEqual(refusedOf("production", resources), []);
    const schedules = ["db-backup", "keycloak-backup", "keycloak-export"].map(
      (name) => cronJob(resources, name).schedule,
    );
    deepEqual(schedules, ["0 2,14 * * *", "0 2 * * *", "0 3 * * 0"]);
    const { jobTemplate } = cronJob(resources, "keycloak-export");
    match(jobTemplate.spec.template.spec.initContainers[0].command.join(" "), /kc\.sh export .* --users skip/);
  });

  it("of MecaPy lose less than a day, go to its bucket at Scaleway and stay for 30 days [MP-99 MP-100 MP-101 MP-139 MP-146 C-37 C-38 C-39]", async () => {
    const production = await saving("mecapy");
    equal(cronJob(production).schedule, "0 2,14 * * *");
    const { STORE, KEEP_DAYS, RCLONE_CONFIG_STORE_ENDPOINT: endpoint, AGE_RECIPIENTS } = toldOf(production);
    deepEqual([STORE, KEEP_DAYS], ["store:mecapy-backups/postgres", "30"]);
    equal(endpoint, "https://s3.fr-par.scw.cloud");
    equal(AGE_RECIPIENTS, recipients[0]);
  });

  it("of MecaPy are refused a restore of four hours and more, and a loss of a day [MP-145 MP-146]", async () => {
    const drill = cronJob(await saving("mecapy"), "db-backup-drill").jobTemplate.spec.template.spec.containers[0].env;
    const told = Object.fromEntries(drill.map(({ name, value }: { name: string; value: string }) => [name, value]));
    deepEqual([told["RTO_SECONDS"], told["RPO_SECONDS"]], ["14400", "86400"]);
  });

  it("of YONIMA are made each night of Dakar [YO-43]", async () => {
    const { schedule, timeZone } = cronJob(await saving("yonima"));
    deepEqual([schedule, timeZone], ["0 2 * * *", "Africa/Dakar"]);
  });

  it("of AVNIR are made daily, and restored for trial into a server of their own [AV-91]", async () => {
    const production = await saving("avnir");
    equal(cronJob(production).schedule, "0 2 * * *");
    const [container] = cronJob(production, "db-backup-drill").jobTemplate.spec.template.spec.containers;
    match(container.command.join(" "), /initdb/);
  });
}).timeout(120_000);
