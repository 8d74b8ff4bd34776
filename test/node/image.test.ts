import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { openClone } from "../../local/clone.ts";
import { type Builder, prepareBuilder } from "../../local/images/builder.ts";
import { temporaryFolder } from "../temporary.ts";
import { describeOnNode } from "./machine.ts";

const secret = "a-secret-of-the-build";
const dockerfile = `ARG BASE
FROM \${BASE}
ARG VERSION
RUN --mount=type=secret,id=token test "$(cat /run/secrets/token)" = ${secret.split("").join('""')} && echo "$VERSION" > /version
COPY page.html /page.html
`;

describeOnNode("palier image build, with a real builder and a real registry", function (machine) {
  this.timeout("9m");
  const folder = temporaryFolder("image");
  const context = join(folder, "context");
  let env: Record<string, string>;
  let builder: Builder;
  let elsewhere: Builder;

  before(async () => {
    mkdirSync(join(folder, "bin"));
    mkdirSync(context);
    writeFileSync(join(context, "Dockerfile"), dockerfile);
    writeFileSync(join(context, "page.html"), "<p>one</p>");
    const { cache } = await openClone({ ...process.env, PALIER_HOME: machine.home });
    const quiet = { say: () => {}, progress: () => {} };
    builder = await prepareBuilder(quiet, { cache, home: folder }, machine.registry);
    elsewhere = await prepareBuilder(quiet, { cache, home: join(folder, "elsewhere") }, machine.registry);
    const real = join(import.meta.dirname, "image/buildah.ts");
    writeFileSync(
      join(folder, "bin", "buildah"),
      `#!/bin/sh\nPATH="${process.env["PATH"]}" exec "${process.execPath}" "${real}" "$@"\n`,
    );
    chmodSync(join(folder, "bin", "buildah"), 0o755);
    const path = `${join(folder, "bin")}:${process.env["PATH"]}`;
    env = {
      PATH: path,
      HOME: folder,
      BUILDAH_ISOLATION: "chroot",
      TOKEN: secret,
      PALIER_TEST_BUILDER: JSON.stringify(builder),
    };
  });

  async function build(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const repository = words.includes("--repository") ? [] : ["--repository", `${machine.registry}/image-build/page`];
    const base = ["--build-arg", `BASE=${machine.images.nodeBase}`, "--secret", "token=TOKEN", "--builder", "buildah"];
    const all = [
      join(import.meta.dirname, "../../cli/palier.ts"),
      "image",
      "build",
      context,
      ...repository,
      ...base,
      ...words,
    ];
    const child = spawn(process.execPath, all, { env, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (data) => (stdout += data));
    child.stderr.on("data", (data) => (stderr += data));
    const code = await new Promise<number>((done) => child.on("close", (code) => done(code ?? -1)));
    assert.doesNotMatch(stdout + stderr, new RegExp(secret));
    return { code, stdout: stdout.trim(), stderr };
  }

  /** Everything that the registry has of an image: its manifest, its configuration, each layer unpacked. */
  async function held(reference: string): Promise<{ config: { created: string }; bytes: Buffer }> {
    const [, repository, digest] = /^[^/]+\/(.+)@(sha256:[0-9a-f]{64})$/.exec(reference)!;
    const get = async (path: string) => {
      const accept = "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";
      const answer = await fetch(`http://${machine.registry}/v2/${repository}/${path}`, { headers: { accept } });
      assert.equal(answer.status, 200, path);
      return Buffer.from(await answer.arrayBuffer());
    };
    const manifest = await get(`manifests/${digest}`);
    const { config, layers } = JSON.parse(manifest.toString());
    const configuration = await get(`blobs/${config.digest}`);
    const unpacked = [];
    for (const layer of layers) {
      const blob = await get(`blobs/${layer.digest}`);
      unpacked.push(layer.mediaType.endsWith("gzip") ? gunzipSync(blob) : blob);
    }
    return {
      config: JSON.parse(configuration.toString()),
      bytes: Buffer.concat([manifest, configuration, ...unpacked]),
    };
  }

  let first: string;

  it("pushes what a secret was used for, without a trace of it in any layer", async () => {
    const { code, stdout, stderr } = await build("--build-arg", "VERSION=seven");
    assert.equal(code, 0, stderr);
    first = stdout;
    assert.match(first, /\/image-build\/page@sha256:[0-9a-f]{64}$/);
    const { bytes, config } = await held(first);
    assert.ok(bytes.includes("seven"), "what a build argument wrote is to be found, so that a secret would be too");
    assert.ok(!bytes.includes(secret));
    assert.equal(config.created, "1970-01-01T00:00:00Z");
  });

  it("gives the same digest for the same content, and another for another", async () => {
    env["PALIER_TEST_BUILDER"] = JSON.stringify(elsewhere); // which has nothing of the first
    assert.equal((await build("--build-arg", "VERSION=seven")).stdout, first);
    env["PALIER_TEST_BUILDER"] = JSON.stringify(builder);
    writeFileSync(join(context, "page.html"), "<p>two</p>");
    const other = await build("--build-arg", "VERSION=seven");
    assert.equal(other.code, 0, other.stderr);
    assert.notEqual(other.stdout, first);
  });

  it("says which registry was not reached", async () => {
    const { code, stdout, stderr } = await build("--repository", "127.0.0.1:9/image-build/page");
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /the image was built, and not pushed to 127\.0\.0\.1:9: see that it answers/);
  });

  it("names nothing where a push breaks off, and the same command again goes on", async () => {
    writeFileSync(join(context, "page.html"), `<p>${"three".repeat(50_000)}</p>`);
    const [host, port] = machine.registry.split(":");
    let passes = false;
    const server = createServer((client) => {
      const registry = connect(Number(port), host);
      let seen = 0;
      client.on("data", (data) => {
        seen += data.length;
        if (!passes && seen > 2000) {
          client.destroy();
          registry.destroy();
        } else registry.write(data);
      });
      registry
        .on("data", (data) => client.write(data))
        .on("error", () => client.destroy())
        .on("close", () => client.end());
      client.on("error", () => registry.destroy()).on("close", () => registry.end());
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port: broken } = server.address() as { port: number };
    const settings = JSON.parse(env["PALIER_TEST_BUILDER"]!);
    const known = `[[registry]]\nlocation = "${machine.registry}"\ninsecure = true\n[[registry]]\nlocation = "127.0.0.1:${broken}"\ninsecure = true\n`;
    writeFileSync(join(settings.storage, "registries.conf"), known);
    const name = `image-build/broken-${Date.now()}`; // the registry keeps what an earlier run has pushed
    const repository = `127.0.0.1:${broken}/${name}`;
    try {
      const cut = await build("--repository", repository);
      assert.deepEqual([cut.code, cut.stdout], [2, ""]);
      assert.match(cut.stderr, /built, and not pushed to 127\.0\.0\.1:\d+/);
      const tags = await fetch(`http://${machine.registry}/v2/${name}/tags/list`);
      assert.ok(tags.status === 404 || ((await tags.json()) as { tags: string[] | null }).tags === null);
      passes = true;
      const whole = await build("--repository", repository);
      assert.equal(whole.code, 0, whole.stderr);
    } finally {
      server.close();
    }
  });
});
