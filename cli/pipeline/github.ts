import { stringify } from "yaml";
import { of } from "./expression.ts";
import type { Job, Step, When } from "./job.ts";
import type { PipelineSpec } from "./spec.ts";

type Yaml = Record<string, unknown>;

/** The workflow of GitHub Actions. No value of GitHub's stands in the shell: what a branch is called can't become a command. */
export function githubWorkflow(system: string, spec: PipelineSpec, jobs: readonly Job[]): string {
  const workflow = {
    name: spec.name,
    on: {
      pull_request: { branches: [spec.branch] },
      push: {
        branches: [spec.branch, ...spec.testBranches],
        ...(spec.productionTags === undefined ? {} : { tags: [spec.productionTags] }),
      },
      workflow_dispatch: {
        inputs: {
          release: {
            description: "Back to the release of this commit; empty for the one before the last",
            required: false,
          },
        },
      },
      ...(spec.weekly.length > 0 ? { schedule: [{ cron: "17 4 * * 1" }] } : {}),
    },
    permissions: { contents: "read" },
    defaults: { run: { shell: "bash", "working-directory": spec.project } },
    env: {
      COMMIT: of("github.sha"),
      AUTHOR: of("github.event.head_commit.author.username || github.actor"),
      RUN_URL: `${of("github.server_url")}/${of("github.repository")}/actions/runs/${of("github.run_id")}`,
      PALIER_RECORDS: `${of("github.workspace")}/.records`,
      RECORDS_REMOTE: "origin",
      GIT_AUTHOR_NAME: "palier",
      GIT_AUTHOR_EMAIL: "palier@localhost",
      GIT_COMMITTER_NAME: "palier",
      GIT_COMMITTER_EMAIL: "palier@localhost",
    },
    jobs: Object.fromEntries(jobs.map((job) => [job.id, githubJob(system, spec, job)])),
  };
  return stringify(workflow, { lineWidth: 0, aliasDuplicateObjects: false });
}

function githubJob(system: string, spec: PipelineSpec, job: Job): Yaml {
  const approved = job.id === "production" && spec.approval;
  return {
    if: conditionOf(spec, job.when),
    ...(job.needs.length > 0 ? { needs: job.needs } : {}),
    "runs-on": "ubuntu-latest",
    "timeout-minutes": job.minutes,
    ...(job.environment ? { environment: job.environment } : {}),
    ...(job.environment ? { concurrency: { group: `${system}-${job.environment}`, "cancel-in-progress": false } } : {}),
    ...(job.writes || approved
      ? { permissions: { contents: job.writes ? "write" : "read", ...(approved ? { actions: "read" } : {}) } }
      : {}),
    ...(job.postgres ? { services: { postgres: serviceOf(job.postgres) } } : {}),
    ...environmentOf(job),
    steps: [...setup(spec, job), ...(approved ? [approver] : []), ...job.steps.map(githubStep), ...kept(job)],
  };
}

function environmentOf(job: Job): Yaml {
  const env = {
    ...job.variables,
    ...(job.keeps ? { GATES: `${of("github.workspace")}/gates-${job.id}.txt` } : {}),
    ...Object.fromEntries(job.secrets.map((name) => [name, of(`secrets.${name}`)])),
    ...Object.fromEntries((job.settings ?? []).map((name) => [name, of(`vars.${name}`)])),
    ...(job.when === "back" ? { RELEASE: of("inputs.release") } : {}),
  };
  return Object.keys(env).length > 0 ? { env } : {};
}

/** Who approved this run, by the environment's protection. */
const approver = {
  name: "ask who approved",
  env: { GH_TOKEN: of("github.token"), RUN: `${of("github.repository")}/actions/runs/${of("github.run_id")}` },
  run: `echo "APPROVER=$(gh api "repos/$RUN/approvals" --jq '[.[] | select(.state == "approved")][0].user.login')" >> "$GITHUB_ENV"`,
};

function conditionOf({ branch, productionTags }: PipelineSpec, when: When): string {
  const conditions: Record<When, string> = {
    change:
      "github.event_name == 'pull_request' || (github.event_name == 'push' && !startsWith(github.ref, 'refs/tags/'))",
    main: `github.event_name == 'push' && github.ref == 'refs/heads/${branch}'`,
    release: `startsWith(github.ref, 'refs/tags/${(productionTags ?? "v").replace(/[*?[].*$/, "")}')`,
    back: "github.event_name == 'workflow_dispatch'",
    weekly: "github.event_name == 'schedule'",
  };
  return conditions[when];
}

function githubStep({ name, run, folder, onFailure }: Step): Yaml {
  return {
    name,
    ...(onFailure ? { if: "failure()" } : {}),
    ...(folder ? { "working-directory": folder } : {}),
    run: run.includes("\n") ? `${run}\n` : run,
  };
}

function setup({ project }: PipelineSpec, job: Job): Yaml[] {
  const modules = project === "." ? {} : { "cache-dependency-path": `${project}/package-lock.json` };
  return [
    { uses: "actions/checkout@v5", ...(job.writes ? { with: { "fetch-depth": 0 } } : {}) },
    ...(job.pnpm ? [{ uses: "pnpm/action-setup@v4", with: { version: 10 } }] : []),
    ...(job.node
      ? [
          {
            uses: "actions/setup-node@v5",
            with: { "node-version": job.node, cache: job.pnpm ? "pnpm" : "npm", ...(job.pnpm ? {} : modules) },
          },
        ]
      : []),
    ...(job.python ? [{ uses: "actions/setup-python@v6", with: { "python-version": job.python } }] : []),
    ...(job.pulumi ? [{ uses: "pulumi/actions@v6", with: { "pulumi-version": "3.255.0" } }] : []),
    ...(job.takes
      ? [{ uses: "actions/download-artifact@v5", with: { pattern: "gates-*", "merge-multiple": true, path: project } }]
      : []),
  ];
}

function kept({ id, keeps }: Job): Yaml[] {
  if (!keeps) return [];
  return [
    {
      uses: "actions/upload-artifact@v4",
      with: { name: `gates-${id}`, path: `gates-${id}.txt`, "if-no-files-found": "ignore" },
    },
  ];
}

function serviceOf({ version, database }: { version: string; database: string }): Yaml {
  return {
    image: `postgres:${version}`,
    env: { POSTGRES_PASSWORD: "postgres", POSTGRES_DB: database },
    ports: ["5432:5432"],
    options: "--health-cmd pg_isready --health-interval 10s --health-timeout 5s --health-retries 5",
  };
}
