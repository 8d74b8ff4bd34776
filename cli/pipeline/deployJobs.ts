import type { Job, Step } from "./job.ts";
import {
  chooseProfile,
  configure,
  configureBack,
  eachImage,
  fetchRecords,
  promote,
  pushRecords,
  recorded,
  tellTeam,
  up,
  verify,
  wake,
} from "./shell.ts";
import type { PipelineSpec } from "./spec.ts";

/** Variables of the project that an environment's checks name. */
const variablesIn = (text: string) => [...new Set([...text.matchAll(/\$([A-Z][A-Z_]*)/g)].map(([, name]) => name!))];

/** What every job that brings something up is given: the backend of Pulumi, its passphrase, the cluster. */
const deployed = {
  pulumi: true,
  secrets: ["PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE", "KUBECONFIG_DATA"],
  writes: true,
};

const cluster: Step = {
  name: "reach the cluster",
  run: 'umask 077\nmkdir -p "$HOME/.kube"\nprintf %s "$KUBECONFIG_DATA" | base64 --decode > "$HOME/.kube/config"',
};

function begin(spec: PipelineSpec): Step[] {
  return [{ name: "install", run: spec.install }, cluster, fetchRecords, chooseProfile(spec)];
}

function went(system: string, spec: PipelineSpec, stack: string, chosen?: string): Step {
  const add = `npx palier record add "$image" --system ${system} --released-to ${stack} --run "$RUN_URL"`;
  return { name: `record that it went to ${stack}`, run: eachImage(system, spec, add, chosen) };
}

/** From here on nothing that fails goes back: what serves is good, and on record. */
const foundGood = (step: Step): Step => ({ ...step, run: `${step.run}\nrm -f begun.txt` });

export function stagingJob(system: string, spec: PipelineSpec): Job {
  const { minutes, verify: more, steps } = spec.staging;
  return {
    ...deployed,
    id: "staging",
    when: "main",
    needs: ["build"],
    minutes,
    node: spec.node,
    pnpm: spec.pnpm,
    settings: variablesIn(more),
    environment: "staging",
    steps: [
      ...begin(spec),
      { name: "choose the digest", run: configure(system, spec, "staging") },
      { name: "pulumi up", run: up("staging") },
      { name: "verify", run: verify("staging", more) },
      ...steps.map((step) => recorded(system, spec, step)),
      went(system, spec, "staging"),
      { ...pushRecords, name: "push what staging has shown" },
    ],
  };
}

export function productionJob(system: string, spec: PipelineSpec): Job {
  const { minutes, verify: more, steps } = spec.production;
  const approve = `npx palier record add "$image" --system ${system} --approved-by "$APPROVER" --run "$RUN_URL"`;
  const approval = spec.approval ? [{ name: "record who approved", run: eachImage(system, spec, approve) }] : [];
  return {
    ...deployed,
    id: "production",
    when: spec.productionTags === undefined ? "main" : "release",
    needs: spec.productionTags === undefined ? ["staging"] : [],
    minutes,
    node: spec.node,
    pnpm: spec.pnpm,
    settings: variablesIn(more),
    environment: "production",
    secrets: [...deployed.secrets, "SLACK_WEBHOOK", "PAGERDUTY_WEBHOOK"],
    steps: [
      ...begin(spec),
      ...approval,
      {
        name: "promote",
        run: `pulumi config set --stack production palier:records "$PALIER_RECORDS"
${promote(system, spec)}`,
      },
      { name: "pulumi up", run: `echo "$COMMIT" > begun.txt\n${up("production")}` },
      { name: "verify", run: verify("production", more) },
      ...steps.map((step) => recorded(system, spec, step)),
      foundGood(went(system, spec, "production")),
      { name: "tell the team", run: tellTeam(`${system}: $COMMIT is in production`) },
      {
        name: "go back to what ran before",
        onFailure: true,
        run: `[ -e begun.txt ] || { echo "production was not touched, or was found good"; exit 0; }
${returned(system, spec, "--released-to production").run}`,
      },
      pushRecords,
      { ...pushRecords, name: "push what a failure has left", onFailure: true },
    ],
  };
}

/** By hand: to the release of a commit, or to the one before the last. */
export function returnJob(system: string, spec: PipelineSpec): Job {
  const chosen = `"$\{chosen[@]}"`;
  const choose = 'chosen=(--released-to production --previous)\n[ -z "$RELEASE" ] || chosen=(--commit "$RELEASE")\n';
  const back = returned(system, spec, chosen);
  return {
    ...deployed,
    id: "back",
    when: "back",
    needs: [],
    minutes: spec.production.minutes,
    node: spec.node,
    pnpm: spec.pnpm,
    settings: variablesIn(spec.production.verify),
    environment: "production",
    secrets: [...deployed.secrets, "SLACK_WEBHOOK", "PAGERDUTY_WEBHOOK"],
    steps: [
      ...begin(spec),
      { name: "go back", run: choose + back.run },
      { name: "record that it went to production", run: choose + went(system, spec, "production", chosen).run },
      pushRecords,
    ],
  };
}

/** Puts an earlier release up again, checks it after a while, and tells how that went. No migration is run for it. */
function returned(system: string, spec: PipelineSpec, chosen: string): Step {
  const said = `${system}: production is back at the release before $COMMIT`;
  return {
    name: "go back",
    run: `if { ${configureBack(system, spec, chosen).replaceAll("\n", " &&\n  ")} &&
  ${up("production")} &&
  sleep ${spec.returnWaitSeconds} &&
  ${verify("production", spec.production.verify)}; }; then
  ${tellTeam(`Automatic rollback completed. ${said}`)}
else
  ${wake(`${system}: the way back failed, manual intervention required`)}
  exit 1
fi`,
  };
}
