import { diffInputs } from "../../grpc/diff.ts";
import type { EngineLog } from "../../grpc/engine-log.ts";
import type { Arguments, Checked, CheckRequest, Diff, Provider } from "../../grpc/provider.ts";
import { notHere } from "../../grpc/stand-in.ts";
import { hasUnknowns, isPropertyMap, type PropertyMap, reveal, Secret, unknown } from "../../grpc/values.ts";
import { packageVersion } from "../version.ts";
import { make } from "./builders.ts";
import { contextDigest } from "./context.ts";
import { buildOf, type Image, imageArguments, readImage, serverOf } from "./image.ts";
import { masked } from "./masked.ts";

const imageType = "docker:index/image:Image";
const elsewhere = "a Docker that is not this machine's own";
const configuration: Arguments = {
  caMaterial: elsewhere,
  certMaterial: elsewhere,
  certPath: elsewhere,
  context: elsewhere,
  disableDockerDaemonCheck: true,
  host: elsewhere,
  keyMaterial: elsewhere,
  registryAuth: "logins to registries",
  sshOpts: elsewhere,
};
const stop = new AbortController();
let engine: EngineLog | undefined;

/** Builds with Docker where it runs, or else with Debian's buildah, and pushes to the node's registry. */
export const docker: Provider = {
  name: "docker",
  version: packageVersion("@pulumi/docker"),
  configuration,
  has: (type) => type === imageType,
  argumentsOf: () => imageArguments,
  configure(_config, log) {
    engine = log;
  },
  check,
  diff({ olds, news }) {
    return withoutLogin(diffInputs(olds, news));
  },
  async create({ inputs, preview, urn }) {
    return { id: String(reveal(inputs)["imageName"] ?? ""), outputs: await outputs(inputs, preview, urn) };
  },
  async update({ news, preview, urn }) {
    return outputs(news, preview, urn);
  },
  async read({ id, state, inputs }) {
    if (Object.keys(state).length === 0) throw new Error(notHere("docker", "the import of an image"));
    return { id, outputs: state, inputs };
  },
  async delete() {
    // The official plugin leaves pushed images in the registry too: another environment may run them.
  },
  cancel() {
    stop.abort();
  },
};

/** Adds the digest of the context to the inputs, by which a later diff sees that there is something to build. */
async function check({ news }: CheckRequest): Promise<Checked> {
  if (hasUnknowns(news)) return { inputs: news };
  const read = readImage(reveal(news));
  if ("problems" in read) return { inputs: news, failures: read.problems };
  const { context, dockerfile, ignoreFile } = await buildOf(read.image);
  const digest = await contextDigest(context, dockerfile, ignoreFile);
  const build = news["build"] instanceof Secret ? news["build"].value : news["build"];
  const withDigest = { ...(isPropertyMap(build) ? build : {}), contextDigest: digest };
  return { inputs: { ...news, build: news["build"] instanceof Secret ? new Secret(withDigest) : withDigest } };
}

/** Logins change often, and change nothing about the image. */
function withoutLogin({ detailed = {} }: Diff): Diff {
  const kept = Object.entries(detailed).filter(([path]) => !/^registry\.(username|password)$/.test(path));
  return { changes: kept.length > 0, detailed: Object.fromEntries(kept) };
}

async function outputs(news: PropertyMap, preview: boolean, urn: string): Promise<PropertyMap> {
  const read = hasUnknowns(news) ? undefined : readImage(reveal(news));
  if (read === undefined) return { ...names(news), repoDigest: unknown };
  if ("problems" in read) throw new Error(read.problems.map((one) => `${one.property}: ${one.reason}`).join("; "));
  const { image } = read;
  const reference = preview && !image.buildOnPreview ? unknown : await built(image, news, preview, urn);
  // What a preview builds is not pushed, so its reference is known only afterwards.
  return { ...names(news), ...known(image), repoDigest: preview ? unknown : reference };
}

async function built(image: Image, news: PropertyMap, preview: boolean, urn: string): Promise<string> {
  const mask = masked(news);
  const say = (line: string): void => void engine?.log("info", mask(line), { urn, status: true });
  const pushed = !preview && !image.skipPush;
  return make(image, pushed, { say, signal: stop.signal }).catch((error) => {
    throw new Error(mask((error as Error).message));
  });
}

function names({ imageName = unknown }: PropertyMap): PropertyMap {
  return { imageName, baseImageName: imageName };
}

function known({ imageName, build }: Image): PropertyMap {
  return {
    context: build.context,
    dockerfile: build.dockerfile ?? "Dockerfile",
    registryServer: serverOf(imageName) ?? "",
    ...(build.platform ? { platform: build.platform } : {}),
  };
}
