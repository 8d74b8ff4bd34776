import { access } from "node:fs/promises";
import { openClone } from "../../clone.ts";
import { diffInputs } from "../../grpc/diff.ts";
import type { EngineLog } from "../../grpc/engine-log.ts";
import { Unimplemented } from "../../grpc/failure.ts";
import type { CreateRequest, Provider } from "../../grpc/provider.ts";
import { hasUnknowns, isPropertyMap, type PropertyMap, unknown } from "../../grpc/values.ts";
import { BuildFailed, buildAndPush, prepareBuilder } from "../../images/buildah.ts";
import { digestIn } from "../../images/registry.ts";
import { packageVersion } from "../version.ts";
import { contextDigest } from "./context.ts";
import { contextOf, dockerfileOf, type ImageInputs, imageInputs } from "./image.ts";

const type = "docker:index/image:Image";
let engine: EngineLog | undefined;

/** Builds with Debian's buildah and pushes to the node's registry. */
export const docker: Provider = {
  name: "docker",
  version: packageVersion("@pulumi/docker"),
  configure(_config, log) {
    engine = log;
  },
  async check({ type: asked, news }) {
    if (asked !== type) throw new Unimplemented(`this stand-in for the docker plugin has no ${asked}`);
    if (hasUnknowns(news)) return { inputs: news };
    const inputs = imageInputs(news);
    await readable(inputs);
    const digest = await contextDigest(contextOf(inputs), dockerfileOf(inputs));
    const build = isPropertyMap(news["build"]) ? news["build"] : { context: inputs.build.context };
    return { inputs: { ...news, build: { ...build, contextDigest: digest } } };
  },
  diff({ olds, news }) {
    return diffInputs(olds, news);
  },
  async create(request) {
    return { id: idOf(request.inputs), outputs: await outputs(request, request.inputs) };
  },
  async update({ news, ...request }) {
    return outputs(request, news);
  },
  async read({ id, state, inputs }) {
    return { id, outputs: state, inputs };
  },
  async delete() {
    // The official plugin leaves pushed images in the registry too: another environment may run them.
  },
};

function idOf(inputs: PropertyMap): string {
  return typeof inputs["imageName"] === "string" ? inputs["imageName"] : "";
}

async function outputs(request: Pick<CreateRequest, "preview" | "urn">, news: PropertyMap): Promise<PropertyMap> {
  if (request.preview || hasUnknowns(news)) {
    const known = { imageName: news["imageName"] ?? unknown, baseImageName: news["imageName"] ?? unknown };
    return { ...known, repoDigest: unknown, context: unknown, dockerfile: unknown, registryServer: unknown };
  }
  const inputs = imageInputs(news);
  const [name] = inputs.imageName.split(/:(?=[^/]*$)/);
  const digest = await built(inputs, request.urn);
  return {
    imageName: inputs.imageName,
    baseImageName: inputs.imageName,
    repoDigest: `${name}@${digest}`,
    context: inputs.build.context,
    dockerfile: inputs.build.dockerfile ?? `${inputs.build.context}/Dockerfile`,
    registryServer: inputs.imageName.split("/")[0]!,
    ...(inputs.build.platform ? { platform: inputs.build.platform } : {}),
  };
}

async function built(inputs: ImageInputs, urn: string): Promise<string> {
  const server = inputs.imageName.split("/")[0]!;
  await refuseOthers(server);
  const clone = await openClone();
  const say = (line: string): void => void engine?.log("info", line, { urn, status: true });
  const builder = await prepareBuilder({ say, progress: () => undefined }, clone.cache, clone.home);
  const { args, platform, target } = inputs.build;
  const build = { context: contextOf(inputs), dockerfile: dockerfileOf(inputs), args, platform, target };
  try {
    return await buildAndPush(builder, build, inputs.imageName, say);
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    throw new Error(`${inputs.imageName} can't be built from ${inputs.build.context}:\n${error.message}`);
  }
}

/** A stand-in must never be taken for the real plugin, so it serves the embedded node's registry alone. */
async function refuseOthers(server: string): Promise<void> {
  if (!server.startsWith("127.0.0.1:") && process.env["PALIER_STANDIN_ANY_CLUSTER"] !== "1") {
    throw new Error(
      `this stand-in for the docker plugin pushes to the embedded node's registry only, not to ${server}; ` +
        `install the official one for others: pulumi plugin install resource docker ${docker.version}`,
    );
  }
  await digestIn(server, "palier/none", "none").catch(() => {
    throw new Error(`the registry ${server} does not answer; npm start brings the embedded one up`);
  });
}

async function readable(inputs: ImageInputs): Promise<void> {
  for (const [what, path] of [
    ["build.context", contextOf(inputs)],
    ["the Dockerfile", dockerfileOf(inputs)],
  ] as const) {
    await access(path).catch(() => {
      throw new Error(`${what} is ${path}, and there is no such file or folder`);
    });
  }
}
