import type { types } from "@pulumi/kubernetes";
import { exportOf } from "../../core/rules/relations/backups.ts";
import type { AppTaskArgs } from "../app/args.ts";
import type { KeepArgs } from "../backup/args.ts";
import { savedAs } from "../backup/pod.ts";
import { saveFolder } from "../backup/scripts/saveFolder.ts";
import { storeVariables } from "../backup/store.ts";
import type { Member } from "../environment/member.ts";
import { restrictedContainer } from "../podSecurity.ts";
import { requirements } from "../resources.ts";
import type { IdentityExportArgs } from "./args.ts";
import { folder, usualSize, whereItsDatabaseIs } from "./settings.ts";

type CronJobSpec = types.input.batch.v1.CronJobSpec;
type PodTemplateSpec = types.input.core.v1.PodTemplateSpec;
type PodSpec = types.input.core.v1.PodSpec;

/** What the process is called, and with the identity's name its CronJob. */
export const processName = "export";

const exported = "/exported";

/** Writes each realm with its clients, roles and settings into a file; people stay in the database, which a backup saves. */
export const exporting = `${whereItsDatabaseIs}exec /opt/keycloak/bin/kc.sh export --optimized --dir ${exported} --users skip
`;

/** The arguments with their defaults. */
export function exportSettings({ schedule, timeZone, keep }: IdentityExportArgs): {
  schedule: string;
  timeZone: string;
  keep: Required<KeepArgs>;
} {
  return {
    schedule: schedule ?? "0 3 * * 0",
    timeZone: timeZone ?? "Etc/UTC",
    keep: { days: keep?.days ?? 90, atLeast: keep?.atLeast ?? 7 },
  };
}

/** The process of the app's image that exports; what it wrote is saved by a container after it. */
export function exportTask(args: IdentityExportArgs): AppTaskArgs {
  const { schedule, timeZone } = exportSettings(args);
  return {
    command: ["sh", "-ec", exporting],
    schedule,
    timeZone,
    startingDeadlineSeconds: 5400,
    retries: 2,
    resources: usualSize,
    writablePaths: { [folder]: "256Mi" },
  };
}

/** Keycloak exports first, and then what it wrote is sealed, sent and told of. */
export function thenSaved(me: Member, args: IdentityExportArgs, spec: CronJobSpec): CronJobSpec {
  const job = spec.jobTemplate as types.input.batch.v1.JobTemplateSpec;
  const template = (job.spec as types.input.batch.v1.JobSpec).template as PodTemplateSpec;
  const pod = template.spec as PodSpec;
  const [keycloak] = pod.containers as types.input.core.v1.Container[];
  const mounts = [...(keycloak!.volumeMounts as []), { name: "exported", mountPath: exported }];
  const volumes = [
    ...(pod.volumes as []),
    // Clients' secrets are in it: it never touches a disk.
    { name: "exported", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } },
    { name: "work", emptyDir: { sizeLimit: "256Mi" } },
    { name: "temporary", emptyDir: { sizeLimit: "64Mi" } },
  ];
  const initContainers = [{ ...keycloak!, name: processName, volumeMounts: mounts }];
  const own = { ...pod, initContainers, containers: [saving(me, args)], volumes };
  const labels = { ...(template.metadata as { labels: object }).labels, [exportOf]: me.name };
  const metadata = { ...job.metadata, labels: { ...(job.metadata as { labels: object }).labels, [exportOf]: me.name } };
  const inner = { ...(job.spec as object), template: { metadata: { labels }, spec: own } };
  return { ...spec, jobTemplate: { metadata, spec: inner } } as CronJobSpec;
}

function saving(me: Member, args: IdentityExportArgs): types.input.core.v1.Container {
  const { keep } = exportSettings(args);
  const told = {
    SYSTEM: me.system,
    ENVIRONMENT: savedAs(me),
    SERVER: me.name,
    DATABASE: "realms",
    FOLDER: exported,
    WORK: "/work",
    AGE_RECIPIENTS: args.recipients.join(" "),
    KEEP_DAYS: String(keep.days),
    KEEP_AT_LEAST: String(keep.atLeast),
  };
  return {
    name: "save",
    image: args.image,
    command: ["sh", "-c", saveFolder],
    env: [...Object.entries(told).map(([name, value]) => ({ name, value })), ...storeVariables(args.to)],
    resources: requirements({ cpu: "50m", memory: "128Mi" }),
    securityContext: restrictedContainer,
    volumeMounts: [
      { name: "exported", mountPath: exported, readOnly: true },
      { name: "work", mountPath: "/work" },
      { name: "temporary", mountPath: "/tmp" },
    ],
  };
}
