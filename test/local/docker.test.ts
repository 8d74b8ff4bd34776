import assert from "node:assert/strict";
import { chmod, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type PropertyMap, Secret, unknown } from "../../local/grpc/values.ts";
import { contextDigest } from "../../local/plugins/docker/context.ts";
import { dockerAnswers } from "../../local/plugins/docker/daemon.ts";
import { ignoreRules } from "../../local/plugins/docker/ignore.ts";
import { readImage, repositoryOf, serverOf } from "../../local/plugins/docker/image.ts";
import { masked } from "../../local/plugins/docker/masked.ts";
import { docker } from "../../local/plugins/docker/provider.ts";
import { temporaryFolder } from "../temporary.ts";

const subject = { urn: "urn:pulumi:s::p::docker:index/image:Image::n", type: "docker:index/image:Image", name: "n" };

describe("docker stand-in", () => {
  let context: string;

  const put = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(join(context, file)), { recursive: true });
    await writeFile(join(context, file), text);
  };
  const digest = (): Promise<string> =>
    contextDigest(context, join(context, "Dockerfile"), join(context, ".dockerignore"));
  const checked = async (news: PropertyMap) => docker.check({ ...subject, news, randomSeed: new Uint8Array() });
  const named = (more: PropertyMap = {}): PropertyMap => ({
    imageName: "127.0.0.1:5000/a/b:dev",
    build: { context },
    ...more,
  });

  beforeEach(async () => {
    context = temporaryFolder("docker");
    await put("Dockerfile", "FROM scratch\n");
    await put(".dockerignore", "node_modules\n*.log\n");
    await put("src/main.ts", "1");
  });
  afterEach(() => rm(context, { recursive: true, force: true }));

  describe(".dockerignore", () => {
    const cases: [rules: string, left: string[], taken: string[]][] = [
      ["node_modules", ["node_modules", "node_modules/a/b.js"], ["src/node_modules", "node_modules.ts"]],
      ["**/node_modules", ["node_modules/a", "src/deep/node_modules/a"], ["src/modules"]],
      ["*.md\n!README.md", ["a.md", ".hidden.md"], ["README.md", "docs/a.md"]],
      ["*\n!src\n!*.json\nsrc/**/*.test.ts", ["a.ts", "src/a.test.ts", "src/b/c.test.ts"], ["src/a.ts", "a.json"]],
      ["# a comment\n\n  /dist/ \r\n", ["dist", "dist/a"], ["# a comment", "src/dist"]],
      ["a?c\n[x-z].txt\n[^x-z].md", ["abc", "y.txt", "a.md"], ["a/c", "a.txt", "y.md"]],
      ["src/**/gen", ["src/gen", "src/a/b/gen/c"], ["gen"]],
      ["a+(b)", ["a+(b)"], ["aab"]],
    ];
    for (const [rules, left, taken] of cases) {
      it(`reads ${JSON.stringify(rules)} as Docker does`, () => {
        const { leavesOut } = ignoreRules(rules);
        assert.deepEqual(left.filter(leavesOut), left);
        assert.deepEqual(taken.filter(leavesOut), []);
      });
    }

    it("reads no folder from which nothing can be taken", () => {
      const { mayTakeBelow } = ignoreRules("*\n!src/*.ts\n!docs/**/keep\n.git");
      assert.deepEqual(["src", "docs", "docs/a/b"].filter(mayTakeBelow), ["src", "docs", "docs/a/b"]);
      assert.deepEqual(["node_modules", ".git", "src/deep"].filter(mayTakeBelow), []);
    });
  });

  describe("digest of the context", () => {
    it("stays the same when only what is ignored changes", async () => {
      const before = await digest();
      await put("node_modules/a/index.js", "1");
      await put("debug.log", "1");
      assert.equal(await digest(), before);
    });

    const changes: Record<string, () => Promise<void>> = {
      "a file's content": () => put("src/main.ts", "2"),
      "a new file": () => put("src/other.ts", "1"),
      "a mode": () => chmod(join(context, "src/main.ts"), 0o600),
      "an empty folder": async () => void (await mkdir(join(context, "empty"))),
      "a link": () => symlink("main.ts", join(context, "src/link")),
      "the Dockerfile": () => put("Dockerfile", "FROM scratch\nUSER 1\n"),
    };
    for (const [what, change] of Object.entries(changes)) {
      it(`changes with ${what}`, async () => {
        const before = await digest();
        await change();
        assert.notEqual(await digest(), before);
      });
    }
  });

  it("adds the digest to the inputs, by which an unchanged context is no change", async () => {
    const first = (await checked(named())).inputs;
    const diff = async (news: PropertyMap) =>
      docker.diff({ ...subject, id: "i", state: {}, olds: first, news, ignoreChanges: [] });
    assert.equal((await diff((await checked(named())).inputs)).changes, false);
    await put("src/main.ts", "2");
    const changed = await diff((await checked(named())).inputs);
    assert.deepEqual(changed.detailed, { "build.contextDigest": "update" });
  });

  it("takes a new login as no change, and a new registry as one", async () => {
    const olds = named({ registry: { server: "a", username: "u", password: new Secret("1") } });
    const diff = async (registry: PropertyMap) =>
      (await docker.diff({ ...subject, id: "i", state: {}, olds, news: named({ registry }), ignoreChanges: [] }))
        .changes;
    assert.equal(await diff({ server: "a", username: "v", password: new Secret("2") }), false);
    assert.equal(await diff({ server: "b", username: "u", password: new Secret("1") }), true);
  });

  it("knows the names in a preview, and the digest only afterwards", async () => {
    const inputs = (await checked(named())).inputs;
    const { id, outputs } = await docker.create({ ...subject, inputs, preview: true, timeoutSeconds: 0 });
    assert.equal(id, "127.0.0.1:5000/a/b:dev");
    assert.equal(outputs["imageName"], "127.0.0.1:5000/a/b:dev");
    assert.equal(outputs["registryServer"], "127.0.0.1:5000");
    assert.equal(outputs["repoDigest"], unknown);
  });

  it("checks nothing that is not known yet", async () => {
    const news = named({ build: { context, args: { BASE: unknown } } });
    assert.deepEqual((await checked(news)).inputs, news);
  });

  it("keeps a secret argument secret in the inputs, and out of what the builder says", async () => {
    const news = named({ build: { context, args: { TOKEN: new Secret("hunter22") } } });
    const { inputs } = await checked(news);
    assert.deepEqual((inputs["build"] as PropertyMap)["args"], { TOKEN: new Secret("hunter22") });
    const whole = await checked(named({ build: new Secret({ context, args: { TOKEN: "hunter22" } }) }));
    assert.ok(whole.inputs["build"] instanceof Secret);
    for (const one of [inputs, whole.inputs]) assert.equal(masked(one)("echo hunter22"), "echo [secret]");
  });

  it("says what is wrong, where, and what to write instead", async () => {
    const reasons = async (news: PropertyMap) => (await checked(news)).failures?.map((one) => one.property);
    assert.deepEqual(await reasons(named({ imageName: "api" })), ["imageName"]);
    assert.deepEqual(await reasons(named({ build: { context, platform: "windows/amd64" } })), ["build.platform"]);
    assert.deepEqual(await reasons(named({ build: { context, args: { A: 1 } } })), ["build.args.A"]);
    await assert.rejects(
      checked(named({ build: { context: `${context}/none` } })),
      /build.context: there is no folder/,
    );
    await assert.rejects(
      checked(named({ build: { context, dockerfile: "none" } })),
      /build.dockerfile: there is no file/,
    );
    const beside = named({ build: { context, dockerfile: "Dockerfile" } });
    await assert.rejects(checked(beside), /counts from the working directory/);
  });

  it("pushes to no registry but the embedded node's", async () => {
    const { inputs } = await checked(named({ imageName: "registry.example.com/a:1" }));
    await assert.rejects(
      docker.create({ ...subject, inputs, preview: false, timeoutSeconds: 0 }),
      /embedded node's registry only, not to registry.example.com/,
    );
    const closed = (await checked(named({ imageName: "127.0.0.1:1/a:1" }))).inputs;
    await assert.rejects(
      docker.create({ ...subject, inputs: closed, preview: false, timeoutSeconds: 0 }),
      /127.0.0.1:1 does not answer; npm start/,
    );
  });

  it("takes names apart as Docker does", () => {
    const names = ["127.0.0.1:5/a/b:1", "localhost/a", "ghcr.io/a", "library/a:1", "a:1"];
    assert.deepEqual(names.map(serverOf), ["127.0.0.1:5", "localhost", "ghcr.io", undefined, undefined]);
    assert.deepEqual(names.slice(0, 2).map(repositoryOf), ["127.0.0.1:5/a/b", "localhost/a"]);
    assert.ok("image" in readImage({ imageName: "a:1", skipPush: true }));
  });

  it("asks Docker only where its daemon runs on this machine", async () => {
    assert.equal(await dockerAnswers({ DOCKER_HOST: "ssh://elsewhere" }), false);
    assert.equal(await dockerAnswers({ PALIER_IMAGE_BUILDER: "buildah" }), false);
  });
});
