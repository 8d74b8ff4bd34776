import { deepEqual, doesNotMatch, equal, match, rejects, throws } from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builderHere } from "../../../cli/image/builder.ts";
import { gitLabels } from "../../../cli/image/gitLabels.ts";
import { options } from "../../../cli/image/imageBuild.ts";
import { planOf } from "../../../cli/image/plan.ts";
import { contentTag } from "../../../cli/image/words.ts";
import { readOptions } from "../../../cli/options.ts";
import { readReleaseRecord } from "../../../core/records/recordFolder.ts";
import { temporaryFolder } from "../../temporary.ts";

const program = join(import.meta.dirname, "../../../cli/palier.ts");
const digest = `sha256:${"d".repeat(64)}`;
const reference = `registry.example/shop/api@${digest}`;

/** A builder that writes down what it is asked, and says what it can read of its secrets. */
const builder = `#!/bin/sh
echo "$@" >> "$ASKED"
for word in "$@"; do
  case "$before" in
    --iidfile) echo sha256:${"1".repeat(64)} > "$word" ;;
    --digestfile) echo ${digest} > "$word" ;;
  esac
  case "$word" in id=*) echo "the secret is $(cat "\${word#*src=}")" >&2; ls -l "\${word#*src=}" | cut -c1-10 >> "$ASKED" ;; esac
  before=$word
done
[ "$1" != "$FAILS" ] || { echo "it broke off: $1" >&2; exit 125; }
`;

describe("palier image build", function () {
  this.timeout("5m");
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder("image");
    mkdirSync(join(folder, "bin"));
    mkdirSync(join(folder, "context"));
    writeFileSync(join(folder, "context", "Dockerfile"), "FROM scratch\n");
    tool("buildah", builder);
  });

  function tool(name: string, text: string): void {
    writeFileSync(join(folder, "bin", name), text);
    chmodSync(join(folder, "bin", name), 0o755);
  }

  function build(words: string[], env: Record<string, string> = {}) {
    const all = [
      program,
      "image",
      "build",
      join(folder, "context"),
      "--repository",
      "registry.example/shop/api",
      ...words,
    ];
    const path = `${join(folder, "bin")}:/usr/bin:/bin`;
    const own = {
      PATH: path,
      HOME: folder,
      ASKED: join(folder, "asked"),
      PALIER_RECORDS: join(folder, "records"),
      ...env,
    };
    const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: "utf8", env: own });
    doesNotMatch(stderr, /^ +at /m);
    return { status, stdout, stderr };
  }
  const asked = () => readFileSync(join(folder, "asked"), "utf8");

  it("builds, names by content, pushes, and prints the reference with its digest [DP-42 DP-61 YO-30]", () => {
    const { status, stdout, stderr } = build([
      "--build-arg",
      "VERSION=2",
      "--target",
      "app",
      "--platform",
      "linux/amd64",
    ]);
    deepEqual([status, stdout.trim()], [0, reference], stderr);
    match(asked(), /^build .*--timestamp 0 .*--target app --platform linux\/amd64 --build-arg VERSION=2 .*context$/m);
    match(asked(), new RegExp(`^push .* docker://registry.example/shop/api:content-${"1".repeat(12)}$`, "m"));
    equal(contentTag("r.example/a", "sha256:0123456789abcdef"), "r.example/a:content-0123456789ab");
  });

  it("gives a secret by a file that nobody else reads, keeps it from what is said, and leaves no file", () => {
    const { status, stdout, stderr } = build(["--secret", "npm=NPM_TOKEN"], {
      NPM_TOKEN: "npm-secret-of-the-test",
      TMPDIR: folder,
    });
    equal(status, 0, stderr);
    match(stderr, /the secret is \[secret\]/);
    doesNotMatch(stdout + stderr + asked(), /npm-secret-of-the-test/);
    match(asked(), /^-rw-------$/m);
    deepEqual(
      readdirSync(folder).filter((name) => name.startsWith("palier-image-")),
      [],
    );
  });

  it("says the revision, source and time of the commit, and none of files that no commit has", () => {
    const context = join(folder, "context");
    const git = (...words: string[]) =>
      execFileSync("git", ["-C", context, "-c", "user.name=a", "-c", "user.email=a@b.c", ...words]);
    deepEqual(gitLabels(context), { labels: {}, epoch: 0 });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "one", "--date=2026-01-02T03:04:05Z");
    git("remote", "add", "origin", "https://ci:token-of-ci@git.example/shop/api.git");
    const { labels, epoch } = gitLabels(context);
    match(labels["org.opencontainers.image.revision"]!, /^[0-9a-f]{40}$/);
    equal(labels["org.opencontainers.image.source"], "https://git.example/shop/api");
    equal(Date.parse(labels["org.opencontainers.image.created"]!) / 1000, epoch);
    git("remote", "set-url", "origin", "git@git.example:shop/api.git");
    equal(gitLabels(context).labels["org.opencontainers.image.source"], "https://git.example/shop/api");
    writeFileSync(join(context, "new"), "");
    deepEqual(gitLabels(context), { labels: {}, epoch: 0 });
  });

  it("puts the scan on the digest's release record, and refuses what it finds something in [DP-44 DP-60 YO-29]", () => {
    const record = () => readReleaseRecord(join(folder, "records"), "shop", digest)!.gates.scan!.result;
    tool("scanner", "#!/bin/sh\necho looked at $2 >&2\n");
    const clean = build(["--scan", "scanner image", "--system", "shop"]);
    deepEqual([clean.status, clean.stdout.trim(), record()], [0, reference, "passed"], clean.stderr);
    match(clean.stderr, new RegExp(`looked at ${reference}`));
    tool("scanner", "#!/bin/sh\necho CVE-2026-1 critical\nexit 1\n");
    const found = build(["--scan", "scanner image", "--system", "shop"]);
    deepEqual([found.status, found.stdout, record()], [1, "", "failed"]);
    match(
      found.stderr,
      /CVE-2026-1 critical\npalier: the scan found something in registry.example.*: it is pushed, and no release may take it/,
    );
  });

  it("writes what it is made of, where a tool is there", () => {
    match(
      build(["--sbom", join(folder, "sbom.json")]).stderr,
      /--sbom: none of syft and trivy is on PATH; .* is pushed/,
    );
    tool("syft", `#!/bin/sh\necho '"'$1'"' > $(echo $3 | cut -d= -f2)\n`);
    equal(build(["--sbom", join(folder, "sbom.json")]).status, 0);
    equal(JSON.parse(readFileSync(join(folder, "sbom.json"), "utf8")), reference);
  });

  it("says what could not be done, prints no reference, and leaves the rest to the same command again", () => {
    const failing: [words: string[], fails: string, says: RegExp][] = [
      [[], "build", /context can't be built:\n.*it broke off: build/s],
      [[], "push", /built, and not pushed to registry.example: .*same command again.*\n.*it broke off: push/s],
      [["--scan", "no-such-scanner"], "", /--scan "no-such-scanner" can't be run/],
      [["--builder", "podman"], "", /nothing here builds images: podman is not on PATH/],
    ];
    for (const [words, FAILS, says] of failing) {
      const { status, stdout, stderr } = build(words, { FAILS });
      deepEqual([status, stdout], [2, ""]);
      match(stderr, says);
    }
  });

  const plan = (words: string[], env = {}) => {
    const { values, positionals } = readOptions("image build", words, options);
    return planOf(values, [join(folder, "context"), ...positionals], env);
  };
  const repository = ["--repository", "registry.example/shop/api"];
  const refused: [what: string, words: string[], says: RegExp][] = [
    [
      "a secret as a build argument",
      ["--build-arg", "NPM_TOKEN=x-y-z"],
      /--build-arg NPM_TOKEN: .*stays in the image.*--secret/,
    ],
    ["a key as a build argument", ["--build-arg", "apiKey=x-y-z"], /--build-arg apiKey: /],
    ["a build argument without a value", ["--build-arg", "x-y-z"], /--build-arg is not NAME=VALUE/],
    [
      "a variable that is not set",
      ["--secret", "npm=NPM_TOKEN"],
      /--secret npm: the variable NPM_TOKEN is empty or not set/,
    ],
    ["a secret's value in place of its variable", ["--secret", "npm=x-y-z!"], /--secret is not ID=VARIABLE/],
    ["a platform that is none", ["--platform", "linux/amd64,windows"], /--platform "windows" is not allowed: give/],
    [
      "a repository with a tag",
      ["--repository", "registry.example/shop/api:1"],
      /--repository "registry.example\/shop\/api:1" is not allowed/,
    ],
    [
      "a repository of no registry",
      ["--repository", "shop/api"],
      /--repository "shop\/api" is not allowed: give a registry/,
    ],
    ["a Dockerfile that is not there", ["--file", "none"], /there is no .*none: give --file/],
    ["two folders", ["other"], /is not one folder/],
    ["a record without a scan", ["--system", "shop"], /--system goes with --scan/],
    ["a folder of records of nobody", ["--records", "records"], /--records goes with --system/],
    ["a record that has no place", ["--scan", "trivy", "--system", "shop"], /--records is missing/],
  ];
  for (const [what, words, says] of refused) {
    it(`refuses ${what}, and says no value`, () => {
      throws(
        () => plan([...repository, ...words]),
        ({ name, message }: Error) => name === "UsageError" && says.test(message) && !message.includes("x-y-z"),
      );
    });
  }

  it("takes as it is what may be said", () => {
    const words = [
      "--build-arg",
      "STRIPE_PUBLIC_KEY=pk",
      "--secret",
      "npm=NPM",
      "--platform",
      "linux/amd64,linux/arm64/v8",
    ];
    const { args, secrets, platforms } = plan([...repository, ...words], { NPM: "n" });
    deepEqual(
      { args, secrets, platforms },
      {
        args: { STRIPE_PUBLIC_KEY: "pk" },
        secrets: { npm: "n" },
        platforms: ["linux/amd64", "linux/arm64/v8"],
      },
    );
  });

  it("refuses a builder that it does not know", () =>
    rejects(builderHere("kaniko"), /--builder "kaniko". Allowed: docker, buildah, podman/));
});
