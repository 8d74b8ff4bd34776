import { stringify } from "yaml";
import { of } from "./expression.ts";
import type { PipelineSpec } from "./spec.ts";

type Mobile = NonNullable<PipelineSpec["mobile"]>;

/** `eas.json`: a profile for each channel, with the address of its own API. */
export function easJson({ api }: Mobile): string {
  const profile = (channel: "development" | "preview" | "production", more: object) => ({
    channel,
    environment: channel,
    env: api[channel] ? { EXPO_PUBLIC_API_URL: api[channel] } : {},
    ...more,
  });
  const build = {
    development: profile("development", { developmentClient: true, distribution: "internal" }),
    preview: profile("preview", { distribution: "internal" }),
    production: profile("production", { autoIncrement: true }),
  };
  const eas = { cli: { version: ">= 16.0.0", appVersionSource: "remote" }, build, submit: { production: {} } };
  return `${JSON.stringify(eas, null, 2)}\n`;
}

/** The workflow of a mobile app's three channels, its hotfix and its way back, which a person starts. */
export function mobileWorkflow({ folder }: Mobile): string {
  const push = (ref: string) => `github.event_name == 'push' && github.ref == 'refs/heads/${ref}'`;
  const chosen = (action: string) => `github.event_name == 'workflow_dispatch' && inputs.action == '${action}'`;
  const workflow = {
    name: "Mobile",
    on: {
      push: { branches: ["dev", "staging"], tags: ["v*.*.*"] },
      workflow_dispatch: {
        inputs: {
          action: { description: "What to do", required: true, type: "choice", options: ["hotfix", "rollback"] },
          group: { description: "Rollback: the update group to go back to", required: false },
        },
      },
    },
    permissions: { contents: "read" },
    defaults: { run: { shell: "bash", "working-directory": folder } },
    jobs: {
      development: job(folder, push("dev"), 60, "eas build --profile development --platform all --non-interactive"),
      preview: job(folder, push("staging"), 30, 'eas update --channel preview --message "$COMMIT" --non-interactive'),
      production: job(
        folder,
        "startsWith(github.ref, 'refs/tags/v')",
        120,
        "eas build --profile production --platform all --auto-submit --non-interactive",
      ),
      hotfix: job(
        folder,
        chosen("hotfix"),
        30,
        `${javaScriptOnly}\neas update --channel production --message "$COMMIT" --non-interactive`,
      ),
      rollback: job(
        folder,
        chosen("rollback"),
        15,
        'eas update:republish --group "$GROUP" --message "Back from $COMMIT" --non-interactive',
      ),
    },
  };
  return stringify(workflow, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Over the air goes what needs no new binary: nothing native since the last version that the stores have. */
const javaScriptOnly = `last="$(git describe --tags --abbrev=0 --match 'v*.*.*')"
if ! git diff --quiet "$last" -- android ios app.json package.json; then
  echo "native files changed since $last: this takes a build and the stores" >&2
  exit 1
fi`;

function job(folder: string, condition: string, minutes: number, run: string) {
  return {
    if: condition,
    "runs-on": "ubuntu-latest",
    "timeout-minutes": minutes,
    concurrency: { group: `mobile-${of("github.ref")}`, "cancel-in-progress": false },
    env: { EXPO_TOKEN: of("secrets.EXPO_TOKEN"), COMMIT: of("github.sha"), GROUP: of("inputs.group") },
    steps: [
      { uses: "actions/checkout@v5", with: { "fetch-depth": 0 } },
      {
        uses: "actions/setup-node@v5",
        with: {
          "node-version": 24,
          cache: "npm",
          ...(folder === "." ? {} : { "cache-dependency-path": `${folder}/package-lock.json` }),
        },
      },
      { uses: "expo/expo-github-action@v8", with: { "eas-version": "latest", token: of("secrets.EXPO_TOKEN") } },
      { name: "install", run: "npm ci" },
      { name: "run", run: run.includes("\n") ? `${run}\n` : run },
    ],
  };
}
