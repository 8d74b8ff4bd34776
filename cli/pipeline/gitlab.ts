import { join } from "node:path";
import { stringify } from "yaml";
import type { Job, Step, When } from "./job.ts";
import type { PipelineSpec } from "./spec.ts";

type Yaml = Record<string, unknown>;

/** The same for GitLab CI. A failure of production is answered by a job of its own, which waits for nobody. */
export function gitlabPipeline(system: string, spec: PipelineSpec, jobs: readonly Job[]): string {
  const all = jobs.flatMap((job) => {
    const rescue = job.steps.filter(({ onFailure }) => onFailure);
    const own = gitlabJob(system, spec, { ...job, steps: job.steps.filter(({ onFailure }) => !onFailure) });
    if (rescue.length === 0) return [[job.id, own]];
    const begin = job.steps.slice(0, job.steps.findIndex(({ name }) => name === "choose the rules") + 1);
    const back = gitlabJob(system, spec, { ...job, needs: [job.id], steps: [...begin, ...rescue] });
    return [
      [job.id, { ...own, artifacts: { when: "always", paths: [join(spec.project, "begun.txt")] } }],
      [`${job.id}-return`, { ...back, stage: "return", rules: [{ if: rulesOf(spec, job.when), when: "on_failure" }] }],
    ];
  });
  const pipeline = {
    stages: [...new Set([...jobs.map(stageOf), "return"])],
    default: { image: `node:${spec.node}` },
    variables: {
      COMMIT: "$CI_COMMIT_SHA",
      AUTHOR: "$GITLAB_USER_LOGIN",
      APPROVER: "$GITLAB_USER_LOGIN",
      RUN_URL: "$CI_PIPELINE_URL",
      PALIER_RECORDS: "$CI_PROJECT_DIR/.records",
      RECORDS_REMOTE: "https://oauth2:$RECORDS_TOKEN@$CI_SERVER_HOST/$CI_PROJECT_PATH.git",
      GIT_DEPTH: "0",
      GIT_AUTHOR_NAME: "palier",
      GIT_AUTHOR_EMAIL: "palier@localhost",
      GIT_COMMITTER_NAME: "palier",
      GIT_COMMITTER_EMAIL: "palier@localhost",
    },
    ...Object.fromEntries(all),
  };
  return stringify(pipeline, { lineWidth: 0, aliasDuplicateObjects: false });
}

const stageOf = ({ id, when }: Job) => (when === "change" ? "checks" : id);

function gitlabJob(system: string, spec: PipelineSpec, job: Job): Yaml {
  const approved = job.id === "production" && spec.approval;
  const rule = { if: rulesOf(spec, job.when), ...(approved || job.when === "back" ? { when: "manual" } : {}) };
  return {
    stage: stageOf(job),
    ...(job.needs.length > 0 ? { needs: job.needs } : {}),
    rules: [rule],
    timeout: `${job.minutes} minutes`,
    ...(job.environment
      ? { environment: { name: job.environment }, resource_group: `${system}-${job.environment}` }
      : {}),
    ...(job.python ? { image: `python:${job.python}` } : job.node ? { image: `node:${job.node}` } : {}),
    ...(job.postgres ? { services: [{ name: `postgres:${job.postgres.version}`, alias: "postgres" }] } : {}),
    variables: {
      ...Object.fromEntries(Object.entries(job.variables ?? {}).map(([name, value]) => [name, beside(value)])),
      ...(job.postgres ? { POSTGRES_PASSWORD: "postgres", POSTGRES_DB: job.postgres.database } : {}),
      ...(job.keeps ? { GATES: `$CI_PROJECT_DIR/gates-${job.id}.txt` } : {}),
    },
    script: job.steps.map((step) => scriptOf(spec, step)),
    ...(job.keeps ? { artifacts: { paths: [`gates-${job.id}.txt`] } } : {}),
  };
}

/** A database that runs beside a job has the name of its service. */
const beside = (value: string) => value.replaceAll("@localhost:", "@postgres:");

/** Each in a shell of its own: a step that leaves or changes its folder leaves the others alone. */
function scriptOf({ project }: PipelineSpec, { name, run, folder }: Step): string {
  const where = folder ?? project;
  const there = where === "." ? "" : `cd ${where}\n`;
  return `# ${name}\nbash -eo pipefail <<'STEP'\n${there}${run}\nSTEP\n`;
}

function rulesOf({ branch, testBranches, productionTags }: PipelineSpec, when: When): string {
  const tested = [branch, ...testBranches].map((one) => `$CI_COMMIT_BRANCH == "${one}"`).join(" || ");
  const rules: Record<When, string> = {
    change: `$CI_PIPELINE_SOURCE == "merge_request_event" || ($CI_PIPELINE_SOURCE == "push" && (${tested}))`,
    main: `$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "${branch}"`,
    release: `$CI_COMMIT_TAG =~ /^${(productionTags ?? "v").replace(/[*?[].*$/, "")}/`,
    back: '$CI_PIPELINE_SOURCE == "web"',
    weekly: '$CI_PIPELINE_SOURCE == "schedule"',
  };
  return rules[when];
}
