import { stringify } from "yaml";
import type { Place } from "./place.ts";
import { type ProfileName, profilesIn } from "./profiles.ts";

const eas = "npx --yes eas-cli@24";

interface Job {
  /** When it runs. */
  readonly if: string;
  readonly profile: ProfileName;
  /** How long it may take. */
  readonly minutes: number;
  readonly run: string;
  /** What is checked before. */
  readonly guard?: string;
}

const dispatched = (action: string) => `github.event_name == 'workflow_dispatch' && inputs.action == '${action}'`;

/** By what a mobile app reaches whom: a branch for each of two channels, a tag for the stores, and two ways by hand. */
const jobs: Readonly<Record<string, Job>> = {
  development: {
    if: "github.ref == 'refs/heads/dev' && github.event_name == 'push'",
    profile: "development",
    minutes: 60,
    run: `${eas} build --profile development --platform all --non-interactive`,
  },
  preview: {
    if: "github.ref == 'refs/heads/staging' && github.event_name == 'push'",
    profile: "preview",
    minutes: 30,
    run: `${eas} update --channel preview --auto --non-interactive`,
  },
  store: {
    if: "startsWith(github.ref, 'refs/tags/v') && github.event_name == 'push'",
    profile: "production",
    minutes: 120,
    run: `${eas} build --profile production --platform all --auto-submit --non-interactive`,
  },
  hotfix: {
    if: dispatched("hotfix"),
    profile: "production",
    minutes: 30,
    guard: `released="$(git describe --tags --abbrev=0 --match 'v*.*.*')"
git diff --exit-code "$released" -- android ios app.json app.config.js app.config.ts package.json eas.json ||
  { echo "This changes what is native since $released: it needs a build and a store's review." >&2; exit 1; }`,
    run: `${eas} update --channel production --message "$MESSAGE" --non-interactive`,
  },
  rollback: {
    if: dispatched("rollback"),
    profile: "production",
    minutes: 15,
    guard: '[ -n "$GROUP" ] || { echo "Say which update group is published again." >&2; exit 1; }',
    run: `${eas} update:republish --group "$GROUP" --message "$MESSAGE" --non-interactive`,
  },
};

const opening = `# Made by palier artefacts of the same values as eas.json. The repository's secret EXPO_TOKEN logs in at Expo, which keeps the
# credentials of the stores. After a rollback users have the earlier JavaScript once they start the app again, not before.
`;

/** The workflow of a mobile app, for GitHub Actions. */
export function mobileWorkflow(places: readonly Place[]): string | undefined {
  const profiles = profilesIn(places);
  const own = Object.entries(jobs).filter(([, { profile }]) => profiles.has(profile));
  if (own.length === 0) return undefined;
  const workflow = {
    name: "Mobile",
    on: {
      push: { branches: ["dev", "staging"], tags: ["v*.*.*"] },
      workflow_dispatch: {
        inputs: {
          action: { description: "What to do", type: "choice", options: ["hotfix", "rollback"], required: true },
          message: { description: "Why", type: "string", required: true },
          group: { description: "Update group to publish again (rollback)", type: "string" },
        },
      },
    },
    permissions: { contents: "read" },
    concurrency: { group: `mobile-\${{ github.ref }}`, "cancel-in-progress": false },
    jobs: Object.fromEntries(own.map(([name, job]) => [name, jobOf(job)])),
  };
  return `${opening}${stringify(workflow, { lineWidth: 0 })}`;
}

function jobOf({ if: when, profile, minutes, run, guard }: Job) {
  const tell = `jq -r '.build.${profile}.env | to_entries[] | "\\(.key)=\\(.value)"' eas.json >> "$GITHUB_ENV"`;
  const inputs = guard === undefined ? {} : { MESSAGE: `\${{ inputs.message }}`, GROUP: `\${{ inputs.group }}` };
  return {
    if: when,
    environment: profile,
    "runs-on": "ubuntu-latest",
    "timeout-minutes": minutes,
    env: { EXPO_TOKEN: `\${{ secrets.EXPO_TOKEN }}`, ...inputs },
    steps: [
      { uses: "actions/checkout@v4", with: { "fetch-depth": 0 } },
      { uses: "actions/setup-node@v4", with: { "node-version": 22, cache: "npm" } },
      { run: "npm ci" },
      ...(guard === undefined ? [] : [{ name: "Check", run: guard }]),
      { name: "Tell the build what eas.json says", run: tell },
      { name: "Publish", run },
    ],
  };
}
