import assert from "node:assert/strict";
import * as palier from "../../../index.ts";
import { declared, find } from "../../declared.ts";

const reference = `registry.example/shop/api@sha256:${"a".repeat(64)}`;
const built = { context: "./api", repository: "registry.example/shop/api" };

function made(args: Omit<palier.ImageArgs, "environment">, stack = "dev") {
  return declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    const image = new palier.Image("api", { environment, ...args });
    new palier.App("api", { environment, image: image.reference });
  });
}

const builds = async (...given: Parameters<typeof made>) =>
  (await made(...given)).filter(({ type }) => type === "docker:index/image:Image").map(({ inputs }) => inputs);
const runs = async (...given: Parameters<typeof made>) =>
  find(await made(...given), "kubernetes:apps/v1:Deployment", "api").inputs.spec.template.spec.containers[0].image;

describe("Image", () => {
  it("builds and pushes in dev, for Node 22 as for any other, and an app runs what was pushed [MQ-04 MQ-22]", async () => {
    const args = { NODE_IMAGE: "node:22" };
    const [image, ...others] = await builds({
      ...built,
      dockerfile: "prod.Dockerfile",
      target: "run",
      arguments: args,
    });
    assert.deepEqual(others, []);
    assert.equal(image.imageName, "registry.example/shop/api:dev");
    assert.deepEqual(image.build, {
      context: "./api",
      dockerfile: "api/prod.Dockerfile",
      platform: "linux/amd64",
      target: "run",
      args,
    });
  });

  it("builds nothing where it was built already, in no environment", async () => {
    for (const stack of ["dev", "staging", "production"]) {
      assert.deepEqual(await builds({ reference }, stack), []);
      assert.equal(await runs({ reference }, stack), reference);
    }
  });

  it("is plain text where it was given, as a blue-green release needs it", async () => {
    let given: unknown;
    await declared({ stack: "production" }, () => {
      const environment = new palier.Environment("shop");
      given = new palier.Image("api", { environment, reference }).reference;
    });
    assert.equal(given, reference);
  });

  const wrong: [string, Omit<palier.ImageArgs, "environment">, RegExp, string?][] = [
    [
      "to build in production",
      built,
      /the digest that the environment before production runs: two builds are two images/,
      "production",
    ],
    ["neither of the two", {}, /Image api: is missing; give one of reference and context/],
    ["both", { reference, ...built }, /Image api: reference and context is not allowed/],
    ["nowhere to push to", { context: "." }, /Image api: repository: is missing; give where it goes/],
    [
      "a tag",
      { ...built, repository: "registry.example/api:1" },
      /repository: "registry\.example\/api:1" is not allowed.*without tag/,
    ],
    [
      "a Dockerfile elsewhere",
      { ...built, dockerfile: "../Dockerfile" },
      /dockerfile: "\.\.\/Dockerfile" is not allowed/,
    ],
    [
      "another system",
      { ...built, platform: "windows/amd64" },
      /platform: "windows\/amd64" is not allowed; give linux/,
    ],
    [
      "a secret as an argument",
      { ...built, arguments: { NPM_TOKEN: "zQ7" } },
      /arguments\.NPM_TOKEN: is the name of a secret.*--secret/,
    ],
  ];
  for (const [title, args, message, stack] of wrong) {
    it(`refuses ${title}`, () =>
      assert.rejects(made(args, stack), (error: Error) => {
        assert.match(error.message, message);
        return !error.message.includes("zQ7");
      }));
  }
});
