import { openClone } from "../../clone.ts";
import { build, push, type Run } from "../../images/build.ts";
import { prepareBuilder, ToolFailed } from "../../images/builder.ts";
import { digestIn } from "../../images/registry.ts";
import { dockerAnswers, dockerBuild, dockerPush } from "./daemon.ts";
import { buildOf, type Image, repositoryOf, serverOf } from "./image.ts";

/** Builds an image and, unless told otherwise, pushes it. Returns `repository@digest`, or the local image's own digest. */
export async function make(image: Image, pushed: boolean, run: Run): Promise<string> {
  const what = await buildOf(image);
  const server = serverOf(image.imageName);
  if (pushed) await checkServer(server!);
  const { building, pushing } = (await dockerAnswers()) ? withDocker : await withBuildah(server ?? "", run);
  const id = await failing(
    `${image.imageName} can't be built from ${what.context}`,
    building(what, image.imageName, run),
  );
  if (!pushed) return id;
  const digest = await failing(`${image.imageName} is built, but can't be pushed`, pushing(image.imageName, run));
  return `${repositoryOf(image.imageName)}@${digest}`;
}

const withDocker = { building: dockerBuild, pushing: dockerPush };

async function withBuildah(server: string, { say }: Run) {
  const step = { say: (line: string) => say?.(line), progress: () => {} };
  const builder = await prepareBuilder(step, await openClone(), server);
  return { building: build.bind(undefined, builder), pushing: push.bind(undefined, builder) };
}

async function failing<T>(what: string, work: Promise<T>): Promise<T> {
  return work.catch((error) => {
    if (error.name === "AbortError") throw new Error(`${what}: cancelled`);
    throw error instanceof ToolFailed ? new Error(`${what}:\n${error.message}`) : error;
  });
}

/** A stand-in must never be taken for the real plugin, so it serves the embedded node's registry alone. */
async function checkServer(server: string): Promise<void> {
  if (process.env["PALIER_STANDIN_ANY_CLUSTER"] === "1") return;
  if (!server.startsWith("127.0.0.1:")) {
    throw new Error(
      `this stand-in for the docker plugin pushes to the embedded node's registry only, not to ${server}; ` +
        "install the official one for others: pulumi plugin install resource docker",
    );
  }
  await digestIn(server, "palier/none", "none").catch(() => {
    throw new Error(`the registry ${server} does not answer; npm start brings the embedded one up`);
  });
}
