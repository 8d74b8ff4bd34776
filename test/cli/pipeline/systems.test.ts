import { deepEqual, equal, match, ok } from "node:assert/strict";
import { of } from "../../../cli/pipeline/expression.ts";
import { committed, inOrder, shellOf, workflowOf } from "./files.ts";

const jobsOf = (system: Parameters<typeof workflowOf>[0]) => workflowOf(system).jobs;
const gitHubHead = (system: Parameters<typeof workflowOf>[0]) => committed(system)["deploy.yml"]!.split("\n")[0]!;

describe("AVNIR's pipeline", () => {
  const { name, on, jobs } = workflowOf("avnir");
  const test = jobs["test"]!;

  it("is called as its document says, and runs on pushes and pull requests to main [AV-17 AV-18 AV-83]", () => {
    equal(name, "Deploy Pipeline");
    deepEqual([on["push"]!.branches, on["pull_request"]!.branches], [["main"], ["main"]]);
  });
  it("tests on Node 20 with pnpm, by the lock file, in its order, each of which stops it [AV-04 AV-19 AV-20 AV-21 AV-22 AV-23 AV-24 AV-25 AV-26 AV-72 AV-73 AV-74 C-19]", () => {
    equal(test.steps.find(({ uses }) => uses?.startsWith("actions/setup-node"))?.with?.["node-version"], 20);
    ok(
      inOrder(
        shellOf(test),
        ...[
          "pnpm install --frozen-lockfile",
          "pnpm lint --max-warnings 0",
          "pnpm typecheck",
          "pnpm test:unit --coverage",
        ],
        ...[
          "pnpm test:integration",
          "pnpm audit --audit-level moderate && node scripts/security-audit.js",
          "pnpm build",
        ],
        ...["pnpm test:e2e", "pnpm test:lighthouse --budget", "node migrate.ts down"],
      ),
    );
    deepEqual(jobs["build"]!.needs, ["test"]);
    ok(test.steps.every((step) => !("continue-on-error" in step)));
  });
  it("deploys staging after the tests from main, and production after staging, each with its own credentials [AV-03 AV-27 AV-28 AV-29 AV-31]", () => {
    const [staging, production] = [jobs["staging"]!, jobs["production"]!];
    equal(staging.if, "github.event_name == 'push' && github.ref == 'refs/heads/main'");
    deepEqual([staging.environment, production.environment], ["staging", "production"]);
    deepEqual([staging.needs, production.needs], [["build"], ["staging"]]);
    equal(staging.env!["KUBECONFIG_DATA"], of("secrets.KUBECONFIG_DATA"));
  });
  it("smokes staging, and checks health and performance of production afterwards [AV-30 AV-33 AV-34 AV-78 AV-81]", () => {
    ok(inOrder(shellOf(jobs["staging"]!), "palier verify staging", "pnpm test:smoke --env staging"));
    const after = [
      "palier verify production",
      "pnpm test:health --env production",
      "pnpm test:lighthouse --env production",
    ];
    ok(inOrder(shellOf(jobs["production"]!), "pulumi up", ...after));
  });
});

describe("MapQuiz's pipeline", () => {
  const { on, jobs } = workflowOf("mapquiz");

  it("tests what is pushed to main and develop and each pull request, and releases from main by itself [MQ-05 MQ-06 MQ-07 MQ-08 MQ-68]", () => {
    deepEqual(on["push"]!.branches, ["main", "develop"]);
    ok("pull_request" in on);
    equal(jobs["production"]!.if, "github.event_name == 'push' && github.ref == 'refs/heads/main'");
  });
  it("keeps to its order and its times [MQ-09 MQ-12 MQ-17 MQ-18 MQ-19 MQ-20 MQ-40 C-09]", () => {
    const minutes = Object.fromEntries(Object.entries(jobs).map(([id, job]) => [id, job["timeout-minutes"]]));
    deepEqual(minutes, { test: 8, validate: 3, build: 5, staging: 5, production: 5, back: 5 });
    ok(
      inOrder(
        shellOf(jobs["test"]!),
        "npm test -- --coverage",
        "test:integration",
        "test:performance",
        "npm audit",
        "eslint",
      ),
    );
    ok(inOrder(shellOf(jobs["validate"]!), "prisma generate", "tsc --noEmit"));
    deepEqual(jobs["build"]!.needs, ["test", "validate"]);
    ok(shellOf(jobs["build"]!).includes("docker push"));
  });
  it("gates: coverage as measured, a Postgres of its own, performance, the audit from critical on, lint [MQ-13 MQ-14 MQ-15 MQ-16 MQ-39 MQ-61]", () => {
    const { services, steps } = jobs["test"]!;
    deepEqual([services!.postgres.image, services!.postgres.ports], ["postgres:15", ["5432:5432"]]);
    const shell = steps.map(({ run = "" }) => run).join("\n");
    match(
      shell,
      /--gate coverage=\$\(node -p "require\('\.\/coverage\/coverage-summary\.json'\)\.total\.lines\.pct"\)/,
    );
    for (const gate of ["tests", "performance", "audit", "lint"]) match(shell, new RegExp(`--gate ${gate}=passed`));
    match(shell, /npm audit --audit-level=critical/);
  });
  it("asks for secrets of tests alone in tests, and for its target's elsewhere [MQ-35 MQ-36 MQ-37 MQ-38]", () => {
    const tests = ["TEST_DB_PASSWORD", "TEST_AUTH_SECRET", "TEST_GOOGLE_CLIENT_ID", "TEST_GOOGLE_CLIENT_SECRET"];
    const secrets = (id: string) =>
      Object.entries(jobs[id]!.env!).flatMap(([name, value]) => (value.includes("secrets.") ? [name] : []));
    deepEqual(secrets("test"), tests);
    ok(secrets("production").every((secret) => !tests.includes(secret)));
    match(gitHubHead("mapquiz"), /KUBECONFIG_DATA/);
  });
});

describe("MecaPy's pipeline", () => {
  const { on, jobs } = workflowOf("mecapy");

  it("runs on pushes and pull requests to main, and tests two folders of one repository [MP-64 MP-111 MP-112]", () => {
    deepEqual([on["push"]!.branches, on["pull_request"]!.branches], [["main"], ["main"]]);
    const folders = (id: string) => [
      ...new Set(jobs[id]!.steps.filter(({ run }) => run).map((step) => step["working-directory"])),
    ];
    deepEqual([folders("test-api"), folders("test-frontend")], [["./repos/api"], ["./repos/frontend"]]);
  });
  it("tests the API on Python 3.13 with uv and a Postgres 15 that is there [MP-113 MP-114 MP-115 MP-116 MP-117 C-32 C-40]", () => {
    const { services, steps, env } = jobs["test-api"]!;
    const { image, ports, options, env: given } = services!.postgres;
    deepEqual([image, ports, given["POSTGRES_DB"]], ["postgres:15", ["5432:5432"], "mecapy_test"]);
    equal(options, "--health-cmd pg_isready --health-interval 10s --health-timeout 5s --health-retries 5");
    equal(env!["DATABASE_URL"], "postgresql://postgres:postgres@localhost:5432/mecapy_test");
    equal(steps.find(({ uses }) => uses?.startsWith("actions/setup-python"))?.with?.["python-version"], "3.13");
    ok(inOrder(shellOf(jobs["test-api"]!), "uv sync --dev", "uv run pytest", "uv run ruff check", "uv run mypy ."));
  });
  it("tests the frontend on the Node of its document with pnpm [MP-118 MP-119 MP-120]", () => {
    const { steps } = jobs["test-frontend"]!;
    equal(steps.find(({ uses }) => uses?.startsWith("actions/setup-node"))?.with?.["node-version"], 18);
    ok(inOrder(shellOf(jobs["test-frontend"]!), "pnpm install", "pnpm lint", "pnpm build", "pnpm --if-present test"));
  });
  it("releases both images after their tests, by staging, and goes back to earlier ones [MP-121 MP-122 MP-123 MP-124 MP-125 MP-126 C-35]", () => {
    deepEqual(jobs["build"]!.needs, ["test-api", "test-frontend"]);
    for (const id of ["staging", "back"])
      for (const image of ["api", "frontend"])
        ok(shellOf(jobs[id]!).includes(`--path 'mecapy:images.${image}' "$image"`), id);
    ok(shellOf(jobs["production"]!).includes('--image "api=$api" --image "frontend=$frontend"'));
    match(gitHubHead("mecapy"), /KUBECONFIG_DATA.*PULUMI_CONFIG_PASSPHRASE.*REGISTRY_PASSWORD/);
  });
});

describe("DébrouillePro's pipeline", () => {
  const { on, jobs } = workflowOf("debrouillepro");

  it("takes the ten steps of its standard, in its order [DP-04 DP-56 DP-57 DP-58 DP-59 DP-60 DP-61 DP-62 DP-63 DP-64 DP-65 DP-44]", () => {
    ok(inOrder(shellOf(jobs["check"]!), "npm run lint", "npm test", "npm audit"));
    ok(
      inOrder(
        shellOf(jobs["build"]!),
        "docker build",
        "trivy image --exit-code 1 --severity HIGH,CRITICAL",
        "docker push",
      ),
    );
    ok(
      inOrder(
        shellOf(jobs["staging"]!),
        "pulumi up --yes --stack staging",
        "palier verify staging",
        "npm run test:staging",
      ),
    );
    const production = jobs["production"]!;
    equal(production.environment, "production");
    ok(
      inOrder(
        shellOf(production),
        "APPROVER=",
        "--approved-by",
        "palier promote",
        "pulumi up --yes --stack production",
      ),
    );
  });
  it("holds npm and Docker to their least versions, and scans again each week [DP-18 DP-20 DP-92]", () => {
    match(shellOf(jobs["check"]!), /npm --version .* -ge 10/);
    match(shellOf(jobs["check"]!), /docker version .* -ge 24/);
    equal((on["schedule"] as unknown as { cron: string }[])[0]!.cron, "17 4 * * 1");
    match(shellOf(jobs["weekly"]!), /npm audit[\s\S]*trivy image/);
  });
  it("leaves a commit for each change of a release record [DP-08]", () => {
    for (const id of ["build", "staging", "production", "back"])
      match(shellOf(jobs[id]!), /git commit --quiet --message "Record \$COMMIT"/);
  });
});

describe("YONIMA's pipelines", () => {
  const { on, jobs } = workflowOf("yonima");

  it("check pull requests: lint, format, unit tests, critical end-to-end tests [YO-22 YO-23 YO-24 YO-25 YO-26]", () => {
    match(jobs["check"]!.if, /^github\.event_name == 'pull_request'/);
    ok(inOrder(shellOf(jobs["check"]!), "eslint", "prettier --check", "jest", "test:e2e"));
  });
  it("build and scan on main, bring it to staging, and a tag to production [YO-27 YO-29 YO-31 YO-51 C-52]", () => {
    for (const id of ["build", "staging"])
      equal(jobs[id]!.if, "github.event_name == 'push' && github.ref == 'refs/heads/main'");
    equal(jobs["production"]!.if, "startsWith(github.ref, 'refs/tags/v')");
    deepEqual(on["push"]!.tags, ["v*.*.*"]);
    match(shellOf(jobs["build"]!), /trivy image --exit-code 1 --severity CRITICAL/);
    match(gitHubHead("yonima"), /KUBECONFIG_DATA/);
  });
});

describe("each pipeline's way back", () => {
  for (const system of ["avnir", "mapquiz", "mecapy", "debrouillepro", "yonima"] as const) {
    it(`of ${system} goes by the pipeline: to the last release, or to a chosen one [MQ-49 MQ-50 AV-67 MP-125 MP-126 YO-49 C-51]`, () => {
      const { back } = jobsOf(system);
      equal(back!.if, "github.event_name == 'workflow_dispatch'");
      equal(back!.env!["RELEASE"], of("inputs.release"));
      ok(
        inOrder(
          shellOf(back!),
          "--released-to production --previous",
          '--commit "$RELEASE"',
          "pulumi up",
          "palier verify production",
        ),
      );
    });
  }
});
