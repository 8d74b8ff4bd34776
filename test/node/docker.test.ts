import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { digestIn } from "../../local/images/registry.ts";
import { describeOnNode } from "./machine.ts";
import { TrialProject } from "./trial-project.ts";

const run = promisify(execFile);

const program = `
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
const config = new pulumi.Config();
const image = new docker.Image("image", {
  imageName: config.require("name"),
  build: { context: "app", args: { NODE_IMAGE: config.require("base"), TOKEN: config.requireSecret("token") } },
});
export const digest = image.repoDigest;
export const token = config.requireSecret("token");
`;

const dockerfile = `
ARG NODE_IMAGE
FROM \${NODE_IMAGE}
WORKDIR /app
ARG TOKEN
RUN echo "token is $TOKEN" && test -s /etc/ssl/certs/ca-certificates.crt && npm --version
COPY package*.json ./
RUN npm ci --omit=dev
COPY . .
USER node
CMD ["main.js"]
`;

const application = `
const ms = require("ms");
require("node:http").createServer((_, answer) => answer.end("answer " + ms("1h"))).listen(3000);
`;

const lock = {
  name: "app",
  version: "1.0.0",
  lockfileVersion: 3,
  packages: {
    "": { name: "app", version: "1.0.0", dependencies: { ms: "2.1.3" } },
    "node_modules/ms": {
      version: "2.1.3",
      integrity: "sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA==",
    },
  },
};

describeOnNode("docker stand-in on the node", (machine) => {
  let trial: TrialProject;
  let built: string;
  const name = `${machine.registry}/image-trial/app:dev`;

  const up = async (...args: string[]) => trial.run("up", "--yes", "--skip-preview", "--stack", "dev", ...args);
  const digest = async (): Promise<string> => {
    const { output } = await trial.run("stack", "output", "digest", "--stack", "dev");
    return output.trim();
  };

  before(async () => {
    trial = new TrialProject(machine, "docker");
    trial.write("index.ts", program);
    trial.write("app/Dockerfile", dockerfile);
    trial.write("app/.dockerignore", "node_modules\n*.log\n");
    trial.write("app/main.js", application);
    trial.write("app/package.json", JSON.stringify({ name: "app", version: "1.0.0", dependencies: { ms: "2.1.3" } }));
    trial.write("app/package-lock.json", JSON.stringify(lock));
    await trial.run("stack", "init", "dev");
    for (const [key, value] of [
      ["name", name],
      ["base", machine.images.nodeBase],
    ] as const) {
      await trial.run("config", "set", key, value, "--stack", "dev");
    }
    await trial.run("config", "set", "token", "a-token-of-the-test", "--secret", "--stack", "dev");
  });
  after(() => trial.remove());

  it("builds on the base image with npm, pushes, and gives the digest", async () => {
    const preview = await trial.run("preview", "--diff", "--stack", "dev");
    assert.equal(preview.code, 0, preview.output);
    assert.match(preview.output, /digest: \[unknown\]/);
    const { code, output } = await up();
    assert.equal(code, 0, output);
    assert.doesNotMatch(output, /a-token-of-the-test/);
    built = await digest();
    assert.match(built, /\/image-trial\/app@sha256:[0-9a-f]{64}$/);
    assert.equal(
      `${machine.registry}/image-trial/app@${await digestIn(machine.registry, "image-trial/app", "dev")}`,
      built,
    );
    assert.doesNotMatch(trial.stored(), /a-token-of-the-test/);
  });

  it("changes nothing the second time, nor when only what is ignored changes", async () => {
    trial.write("app/debug.log", "1");
    const { code, output } = await up("--expect-no-changes");
    assert.equal(code, 0, output);
  });

  it("gives an image that runs under restricted pod security", async () => {
    const kubectl = (...args: string[]) => run(machine.kubectl, ["--kubeconfig", machine.kubeconfig, ...args]);
    const security = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } };
    const container = {
      name: "app",
      image: built,
      securityContext: { ...security, runAsNonRoot: true, runAsUser: 1000 },
    };
    const overrides = JSON.stringify({ spec: { containers: [container] } });
    await kubectl("run", "image-trial-app", `--image=${built}`, `--overrides=${overrides}`);
    try {
      await kubectl("wait", "--for=condition=Ready", "pod/image-trial-app", "--timeout=60s");
      const asked = ["node", "-e", "fetch('http://127.0.0.1:3000').then((a) => a.text()).then(console.log)"];
      const { stdout } = await kubectl("exec", "image-trial-app", "--", ...asked);
      assert.equal(stdout, "answer 3600000\n");
    } finally {
      await kubectl("delete", "pod", "image-trial-app", "--now", "--wait=false");
    }
  });

  it("gives another digest for another content, and the first again for the first", async () => {
    trial.write("app/main.js", application.replace("answer", "other"));
    assert.equal((await up()).code, 0);
    assert.notEqual(await digest(), built);
    trial.write("app/main.js", application);
    assert.equal((await up()).code, 0);
    assert.equal(await digest(), built);
  });

  it("names the step that fails, with what it said, and no secret", async () => {
    trial.write("app/Dockerfile", `${dockerfile}RUN echo "not $TOKEN" && ls /nowhere\n`);
    const { code, output } = await up();
    assert.notEqual(code, 0);
    assert.match(output, /image-trial\/app:dev can't be built from/);
    assert.match(output, /\/nowhere: No such file or directory/);
    assert.match(output, /STEP "RUN echo/);
    assert.doesNotMatch(output, /a-token-of-the-test/);
    trial.write("app/Dockerfile", dockerfile);
  });

  it("leaves no mount on the machine, and destroys without touching the registry", async () => {
    assert.doesNotMatch(await readFile("/proc/mounts", "utf8"), /^palier /m);
    assert.equal((await trial.run("destroy", "--yes", "--stack", "dev")).code, 0);
    assert.deepEqual(trial.processes(), []);
    assert.ok(await digestIn(machine.registry, "image-trial/app", "dev"));
  });
});
