import { productionJob, returnJob, stagingJob } from "./deployJobs.ts";
import type { Job, Step } from "./job.ts";
import { fetchRecords, proven, pushRecords } from "./shell.ts";
import type { PipelineSpec } from "./spec.ts";

/** What a system's pipeline does, in its order: checks, one build, staging, production, and the way back. */
export function jobsOf(system: string, spec: PipelineSpec): Job[] {
  const checks = Object.entries(spec.checks).map(([id, check]): Job => {
    const { steps, folder, postgres, ...rest } = check;
    return {
      ...rest,
      id,
      when: "change",
      needs: [],
      steps: steps.map((step) => proven(step, folder)),
      keeps: "gates-*.txt",
      ...(postgres ? { postgres } : {}),
    };
  });
  const build = buildJob(system, spec, Object.keys(spec.checks));
  return [
    ...checks,
    build,
    stagingJob(system, spec),
    productionJob(system, spec),
    returnJob(system, spec),
    ...(spec.weekly.length > 0 ? [weeklyJob(spec)] : []),
  ];
}

function buildJob(system: string, spec: PipelineSpec, needs: readonly string[]): Job {
  const images = Object.values(spec.images);
  const each = (command: (repository: string, context: string) => string) =>
    images.map(({ repository, context }) => command(repository, context)).join("\n");
  const steps: Step[] = [
    {
      name: "sign in to the registry",
      run: 'echo "$REGISTRY_PASSWORD" | docker login --username "$REGISTRY_USER" --password-stdin "$REGISTRY"',
    },
    { name: "build once", run: each((repository, context) => `docker build --tag "${repository}:$COMMIT" ${context}`) },
    {
      name: "scan",
      run: each(
        (repository) => `trivy image --exit-code 1 --severity ${spec.scan} --ignore-unfixed "${repository}:$COMMIT"`,
      ),
    },
    { name: "push", run: each((repository) => `docker push --quiet "${repository}:$COMMIT"`) },
    { name: "install", run: spec.install },
    fetchRecords,
    { name: "record what is proven", run: each((repository) => recordBuilt(system, spec, repository)) },
    pushRecords,
  ];
  return {
    id: "build",
    when: "main",
    needs,
    minutes: spec.buildMinutes,
    node: spec.node,
    pnpm: spec.pnpm,
    secrets: ["REGISTRY", "REGISTRY_USER", "REGISTRY_PASSWORD"],
    writes: true,
    takes: "gates-*.txt",
    steps,
  };
}

function recordBuilt(system: string, spec: PipelineSpec, repository: string): string {
  const digest = "{{index .RepoDigests 0}}";
  return `# shellcheck disable=SC2046 # one word for each gate
npx palier record add "$(docker inspect --format '${digest}' "${repository}:$COMMIT")" --system ${system} --run "$RUN_URL" \\
  --commit "$COMMIT" --author "$AUTHOR" --change-document "${spec.changeDocument}" --rollback-plan "${spec.rollbackPlan}" \\
  --gate scan=0 $(cat gates-*.txt)`;
}

function weeklyJob(spec: PipelineSpec): Job {
  return {
    id: "weekly",
    when: "weekly",
    needs: [],
    minutes: spec.buildMinutes,
    node: spec.node,
    secrets: [],
    steps: spec.weekly.map(({ name, run }) => ({ name, run })),
  };
}
