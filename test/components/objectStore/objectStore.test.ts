import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import * as palier from "../../../index.ts";
import { type Declared, declared, find } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";
import { refusedOf } from "../../policies/refusedOf.ts";
import { temporaryFolder } from "../../temporary.ts";
import { objectStoreProgram } from "../backup/objectStore/program.ts";
import { freePort } from "../backup/objectStore.ts";

const image = `registry.example/rclone@sha256:${"a".repeat(64)}`;
const key = (key: string) => ({ name: "uploads", key });
const credentials = { id: key("id"), secret: key("secret") };
const outside = { endpoint: palier.outside({ host: "s3.fr-par.scw.cloud" }), region: "fr-par", credentials };

const made = (args: object, stack = "production", app: Partial<palier.AppArgs> = {}): Promise<Declared[]> =>
  declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    const store = new palier.ObjectStore("uploads", { environment, bucket: "shop-uploads", ...args });
    const links = { CLOUD_ENDPOINT: store.link, ...app.links };
    new palier.App("api", { environment, image, ...app, links });
  });

const containerOf = (resources: Declared[], kind: string, name: string) =>
  find(resources, `kubernetes:apps/v1:${kind}`, name).inputs.spec.template.spec.containers[0];
/** What the app is given, in clear and as keys of Secrets. */
const variables = (resources: Declared[]): Record<string, unknown> => ({
  ...find(resources, "kubernetes:core/v1:ConfigMap", "api-variables").inputs.data,
  ...Object.fromEntries(
    containerOf(resources, "Deployment", "api").env.map(
      ({ name, valueFrom }: { name: string; valueFrom: { secretKeyRef: object } }) => [name, valueFrom.secretKeyRef],
    ),
  ),
});

describe("ObjectStore", function objectStore() {
  this.timeout(60_000);

  it("gives an app endpoint, region, bucket and keys by the names that it asks for [MP-49 DP-24]", async () => {
    const names = { bucket: "CLOUD_BUCKET_UPLOADS", region: "CLOUD_REGION", id: "SCW_ACCESS_KEY", secret: "SCW_KEY" };
    const own = variables(await made({ ...outside, variables: names }));
    assert.equal(own["CLOUD_ENDPOINT"], "https://s3.fr-par.scw.cloud");
    assert.equal(own["CLOUD_BUCKET_UPLOADS"], "shop-uploads");
    assert.equal(own["CLOUD_REGION"], "fr-par");
    assert.deepEqual([own["SCW_ACCESS_KEY"], own["SCW_KEY"]], [key("id"), key("secret")]);
  });

  it("opens the way out to it, and makes nothing", async () => {
    const resources = await made(outside);
    const out = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "api-cloud-endpoint-out").inputs;
    assert.deepEqual(out.spec.egress[0].ports, [{ protocol: "TCP", port: 443 }]);
    assert.ok(!resources.some(({ type, name }) => name.startsWith("uploads") && type.startsWith("kubernetes:")));
  });

  it("gives the same to what migrates the app", async () => {
    const resources = await made(outside, "staging", { migrate: { command: ["up"], rollback: "down" } });
    const job = find(resources, "kubernetes:batch/v1:Job", "api-migrate-job").inputs;
    const names = job.spec.template.spec.containers[0].env.map(({ name }: { name: string }) => name);
    for (const name of ["S3_BUCKET", "AWS_REGION", "AWS_SECRET_ACCESS_KEY"]) assert.ok(names.includes(name), name);
  });

  it("is a server of one's own in dev, with its bucket and with keys that nobody else has [DP-24]", async () => {
    const resources = await made({ image }, "dev");
    const own = variables(resources);
    assert.equal(own["CLOUD_ENDPOINT"], "http://uploads:9000");
    assert.deepEqual(schemaErrors(find(resources, "kubernetes:apps/v1:StatefulSet", "uploads")), []);
    const { stringData } = find(resources, "kubernetes:core/v1:Secret", "uploads-secret").inputs;
    assert.equal(stringData["auth-key"], `"${stringData.id},${stringData.secret}"`);
    const { command, env } = containerOf(resources, "StatefulSet", "uploads");
    assert.doesNotMatch(JSON.stringify([command, env]), new RegExp(stringData.secret));
  });

  for (const [stack, args] of [
    ["dev", { image }],
    ["dev", outside],
    ["staging", outside],
    ["production", outside],
  ] as const) {
    it(`is refused by no rule in ${stack}, ${"image" in args ? "here" : "outside"}`, async () =>
      assert.deepEqual(refusedOf(stack, await made(args, stack)), []));
  }

  const twice = { links: { OTHER: { ...outside.endpoint, variables: { S3_BUCKET: "another" } } } };
  const wrong: [string, () => Promise<unknown>, RegExp][] = [
    ["neither endpoint nor image", () => made({}), /ObjectStore uploads: has neither of endpoint and image/],
    ["both", () => made({ ...outside, image }), /has both of endpoint and image; give it one of the two/],
    ["an endpoint without keys", () => made({ endpoint: outside.endpoint }), /credentials: is missing; say who reads/],
    [
      "a server of one's own in staging",
      () => made({ image }, "staging"),
      /image: is for dev and review, and this is st/,
    ],
    ["a server of one's own in production", () => made({ image }), /image: is for dev and review, and this is prod/],
    [
      "keys in clear over the network",
      () => made({ ...outside, endpoint: palier.outside({ host: "s3.example", scheme: "http" }) }),
      /endpoint: "http:\/\/s3\.example:443" sends the credentials in clear|"http:\/\/s3\.example.*in clear/,
    ],
    [
      "another environment's bucket",
      () => made({ ...outside, bucket: "shop-staging-uploads" }),
      /bucket: "shop-staging-uploads" names staging, and this is production/,
    ],
    [
      "no bucket's name",
      () => made({ ...outside, bucket: "Up" }),
      /bucket: "Up" is not allowed; give the name of a bucket/,
    ],
    [
      "one variable for two things",
      () => made({ ...outside, variables: { id: "S3_BUCKET" } }),
      /variables: "S3_BUCKET" is there twice/,
    ],
    [
      "a variable that the app sets itself",
      () => made(outside, "production", { variables: { AWS_REGION: "eu" } }),
      /App api: variables\.AWS_REGION: links\.CLOUD_ENDPOINT sets it; leave one of them out/,
    ],
    [
      "two stores under one name",
      () => made(outside, "production", twice),
      /links\.OTHER: sets S3_BUCKET, as links\.CLOUD/,
    ],
  ];
  for (const [title, work, message] of wrong) it(`refuses ${title}`, () => assert.rejects(work, message));
});

describe("an ObjectStore of one's own, by rclone's own program", function served() {
  this.timeout("10m");
  let server: ChildProcess | undefined;
  after(() => server?.kill("SIGKILL"));

  it("makes the bucket, and gives what was put there to those with its keys alone [DP-24]", async () => {
    const resources = await made({ image }, "dev");
    const { stringData } = find(resources, "kubernetes:core/v1:Secret", "uploads-secret").inputs;
    const folder = temporaryFolder("object-store-served");
    mkdirSync(join(folder, "bin"));
    const rclone = join(folder, "bin/rclone");
    copyFileSync(await objectStoreProgram(), rclone);
    const port = await freePort();
    const told: Record<string, string> = { FOLDER: `${folder}/buckets`, ADDRESS: `127.0.0.1:${port}`, HOME: folder };
    const { command, env } = containerOf(resources, "StatefulSet", "uploads");
    const own = env.map(({ name, value }: { name: string; value?: string }) => [
      name,
      told[name] ?? value ?? stringData["auth-key"],
    ]);
    const path = `${join(folder, "bin")}:${process.env["PATH"]}`;
    server = spawn(command[0], command.slice(1), { env: { ...Object.fromEntries(own), PATH: path }, stdio: "ignore" });
    for (let tries = 0; tries < 200 && !existsSync(join(folder, "buckets/shop-uploads")); tries++) await sleep(50);
    const answers = () => fetch(`http://127.0.0.1:${port}`).then(Boolean, () => false);
    for (let tries = 0; tries < 200 && !(await answers()); tries++) await sleep(50);
    const put = (secret: string) =>
      promisify(execFile)("curl", [
        ...[
          "--silent",
          "--show-error",
          "--fail",
          "--aws-sigv4",
          "aws:amz:us-east-1:s3",
          "--user",
          `${stringData.id}:${secret}`,
        ],
        ...["--header", "x-amz-content-sha256: UNSIGNED-PAYLOAD", "--upload-file", import.meta.filename],
        `http://127.0.0.1:${port}/shop-uploads/a.txt`,
      ]);
    await assert.rejects(put("another"), /returned error: 403/);
    await put(stringData.secret);
    for (let tries = 0; tries < 100 && !existsSync(join(folder, "buckets/shop-uploads/a.txt")); tries++)
      await sleep(50);
    assert.ok(existsSync(join(folder, "buckets/shop-uploads/a.txt")));
  });
});
