import type { Facts, MigrationFacts } from "./facts.ts";

/** One thing that an operator does: a heading, when and how, and what is typed. */
export interface Operation {
  readonly title: string;
  readonly text?: string;
  readonly lines: readonly string[];
}

const inNamespace = ({ namespace }: Facts) => `kubectl --namespace ${namespace}`;
const each = <One>(all: readonly One[], line: (one: One) => string) => all.map(line);
/** Stores outside are their own people's: no Service leads to them, and no image of theirs is taken here. */
const inside = ({ stores }: Facts) => stores.filter(({ port }) => port !== undefined);

const wayBack = ({ app, up, back }: MigrationFacts) =>
  back === "restore"
    ? `\`${app}\` migrates by \`${up}\`; its way back is a restore of the last backup, which loses what was written since.`
    : `\`${app}\` migrates by \`${up}\`, and back by \`${back}\`: the Job that brought it up runs again with that command.`;

/** The Job of the migration once more, with another command: its image, rights and way to the database are what that needs. */
function backJob(facts: Facts, { app, job, back }: MigrationFacts): string[] {
  const command = JSON.stringify(back.split(" "));
  const change = [
    `.metadata = { name: "${app}-migrate-back", labels: .metadata.labels }`,
    "del(.status, .spec.selector)",
    '.spec.template.metadata.labels |= with_entries(select(.key | test("controller-uid|job-name") | not))',
    `.spec.template.spec.containers[0].command = ${command}`,
  ];
  return [
    `job="$(${inNamespace(facts)} get jobs --sort-by .metadata.creationTimestamp --output name | grep '/${job}' | tail -n 1)"`,
    `${inNamespace(facts)} get "$job" --output json | jq '${change.join(" | ")}' | kubectl create --namespace ${facts.namespace} --filename -`,
    `${inNamespace(facts)} wait --for condition=complete --timeout 5m job/${app}-migrate-back`,
    `${inNamespace(facts)} logs job/${app}-migrate-back`,
    `${inNamespace(facts)} delete job/${app}-migrate-back`,
  ];
}

const releases = {
  "set-up": ({ project, stack }: Facts): Operation => ({
    title: "Set a machine up",
    text: "With Node 22.18 or later, `pulumi` and `kubectl`, in the folder of the program. Production is updated by its pipeline alone.",
    lines: [
      "npm ci",
      "pulumi login",
      `pulumi stack select ${stack}`,
      `pulumi config get palier:context   # the cluster of ${project} ${stack}; kubectl config use-context takes the same`,
    ],
  }),
  deploy: ({ stack }: Facts): Operation => ({
    title: "Deploy",
    text: "The preview says what would change and what the rules refuse. It migrates, rolls out and waits until the new pods are ready.",
    lines: [
      `pulumi preview --stack ${stack} --policy-pack policies --diff`,
      `pulumi up --stack ${stack} --policy-pack policies`,
    ],
  }),
  "deploy-verbosely": ({ stack }: Facts): Operation => ({
    title: "Deploy, with everything that the engine logs",
    lines: [`pulumi up --stack ${stack} --policy-pack policies --logtostderr --verbose 3`],
  }),
  releases: (facts: Facts): Operation => ({
    title: "See what was released, by whom, and when",
    text: "Each Deployment keeps its last five versions.",
    lines: [
      `pulumi stack history --stack ${facts.stack} --full-dates`,
      ...each(facts.deployments, (name) => `${inNamespace(facts)} rollout history deployment/${name}`),
    ],
  }),
  back: (facts: Facts): Operation => ({
    title: "Go back to a digest that ran before",
    text: "The one before, or any good one whose name follows the stack's. No migration runs again, and none is taken back. `palier drill rollback staging` rehearses it.",
    lines: [
      `npx palier status ${facts.stack}`,
      ...each(facts.apps, ({ name }) =>
        facts.apps.length === 1
          ? `npx palier rollback ${facts.stack}`
          : `npx palier rollback ${facts.stack} --app ${name}`,
      ),
      `npx palier verify ${facts.stack}`,
    ],
  }),
  "migrate-back": (facts: Facts): Operation => ({
    title: "Take the last migration back",
    text: facts.migrations.map(wayBack).join(" ") || "Nothing here migrates.",
    lines: facts.migrations.filter(({ back }) => back !== "restore").flatMap((one) => backJob(facts, one)),
  }),
};

const looking = {
  status: (facts: Facts): Operation => ({
    title: "See the state of all instances",
    lines: [
      `${inNamespace(facts)} get deployments,statefulsets,cronjobs,jobs,pods,horizontalpodautoscalers --output wide`,
      `${inNamespace(facts)} get events --sort-by .lastTimestamp`,
    ],
  }),
  health: ({ apps }: Facts): Operation => ({
    title: "Ask whether it is well",
    text: "Read the body, not the status alone.",
    lines: each(
      apps.filter(({ url }) => url !== undefined),
      ({ url, verify }) => `curl --silent --show-error --max-time 30 ${new URL(verify, url).href}`,
    ),
  }),
  logs: (facts: Facts): Operation => ({
    title: "Read logs as they are written",
    lines: each(
      facts.deployments,
      (name) => `${inNamespace(facts)} logs --follow --prefix --all-pods deployment/${name}`,
    ),
  }),
  errors: (facts: Facts): Operation => ({
    title: "Read the errors of the last hour",
    lines: each(
      facts.deployments,
      (name) =>
        `${inNamespace(facts)} logs --since 1h --all-pods deployment/${name} | grep --extended-regexp '"level":"?(error|fatal|[56]0)'`,
    ),
  }),
  "export-logs": (facts: Facts): Operation => ({
    title: "Keep the logs of the last hour in a file",
    lines: each(
      facts.deployments,
      (name) => `${inNamespace(facts)} logs --since 1h --all-pods deployment/${name} > ${name}.log`,
    ),
  }),
  "logs-by-region": (facts: Facts): Operation => ({
    title: "Read the logs of one region",
    text: "By the label that a cloud gives its nodes; the pods on them are then asked one by one.",
    lines: [
      "kubectl get nodes --label-columns topology.kubernetes.io/region",
      `${inNamespace(facts)} get pods --output wide --field-selector spec.nodeName=NODE`,
      `${inNamespace(facts)} logs --follow pod/POD`,
    ],
  }),
};

const touching = {
  restart: (facts: Facts): Operation => ({
    title: "Restart, without an interruption",
    text: "Pod by pod, each once another one is ready.",
    lines: each(facts.deployments, (name) => `${inNamespace(facts)} rollout restart deployment/${name}`),
  }),
  shell: (facts: Facts): Operation => ({
    title: "Look into a running instance",
    text: "The container is closed and its files can't be written. In production nobody changes anything from within: what was found goes into the next release.",
    lines: each(facts.apps, ({ name }) => `${inNamespace(facts)} exec --stdin --tty deployment/${name} -- sh`),
  }),
  connect: (facts: Facts): Operation => ({
    title: "Connect to a store",
    text: "No store has an address outside the cluster. `pulumi stack output connect` names the Secret with the password.",
    lines: each(
      inside(facts),
      ({ name, port }) => `${inNamespace(facts)} port-forward service/${name} ${port}:${port}`,
    ),
  }),
  "update-store": (facts: Facts): Operation => ({
    title: "Take a store's newer image",
    text: "At least each month, for its security updates, in staging first: the same major version by another digest. Data stays on its volume.",
    lines: [
      ...each(
        inside(facts),
        ({ imageKey }) => `pulumi config set --stack ${facts.stack} --path ${imageKey} IMAGE@DIGEST`,
      ),
      `pulumi up --stack ${facts.stack} --policy-pack policies`,
    ],
  }),
  restore: (facts: Facts): Operation => ({
    title: "Bring data back",
    text:
      facts.backups.length === 0
        ? "Nothing is saved in this environment."
        : `${each(facts.backups, ({ name, rpoHours, rtoHours }) => `\`${name}\` may lose ${rpoHours} h and is back within ${rtoHours} h.`).join(" ")} A restore goes into a new database, \`restore\` of a \`DatabaseArgs\`; the app is linked to it once it is whole. Each step says docs/backups.md, "A restore"; \`palier drill restore staging\` rehearses one.`,
    lines: each(facts.backups, ({ name }) => `${inNamespace(facts)} create job --from cronjob/${name} ${name}-now`),
  }),
  remove: ({ stack }: Facts): Operation => ({
    title: "Take an environment down",
    text: "With its data in dev and review. From staging on, namespace and volumes are protected, and everything else goes.",
    lines: [
      stack === "dev" ? `pulumi destroy --stack ${stack}` : `pulumi destroy --stack ${stack} --exclude-protected`,
    ],
  }),
};

/** All that the runbook of a system can say, in its order. */
export const operations = { ...releases, ...looking, ...touching };

export type OperationName = keyof typeof operations;

export const operationNames = Object.keys(operations) as OperationName[];
