import { readOptions } from "../options.ts";
import { UsageError } from "../usage.ts";
import { builderHere } from "./builder.ts";
import { gitLabels } from "./gitLabels.ts";
import { masked } from "./masked.ts";
import { type Plan, planOf } from "./plan.ts";
import { writeSbom } from "./sbom.ts";
import { scanned } from "./scan.ts";

const usage = `palier image build [options] CONTEXT

Builds an image once, names it by its content, pushes it and prints its reference with digest. A stack takes that: none builds.
  CONTEXT                   the folder that the Dockerfile copies from
  --repository NAME         where it is kept, with its registry: registry.example/shop/api
  --file FILE               the Dockerfile (default: the one in CONTEXT)
  --target NAME             the stage to build (default: the last)
  --platform LIST           linux/amd64,linux/arm64 (default: this machine's)
  --build-arg NAME=VALUE    what a build may know and everybody may read in the image; again for more
  --secret ID=VARIABLE      what only the build may know, from a variable here: RUN --mount=type=secret,id=ID; again for more
  --scan COMMAND            looks through what was pushed, its reference as the last argument; ends with 0 where it finds nothing:
                            "trivy image --exit-code 1 --severity CRITICAL"
  --sbom FILE               writes what it is made of, as SPDX, by syft or trivy, whichever is there
  --system NAME, --records FOLDER
                            puts the scan on the release record of the digest (default of the folder: $PALIER_RECORDS)
  --builder NAME            docker, buildah or podman (default: the first that is there)

Labels say revision, source and time of the commit where CONTEXT is in a git repository; files are dated by it too, so that the same
commit gives the same digest where the builder can.
Exit code: 0 pushed, 1 the scan found something (it is on record, and nothing is printed), 2 it could not be built, pushed or scanned.`;

const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;
export const options = {
  repository: text,
  file: text,
  target: text,
  platform: text,
  "build-arg": texts,
  secret: texts,
  scan: text,
  sbom: text,
  system: text,
  records: text,
  builder: text,
  help: { type: "boolean", short: "h" },
} as const;

/** `palier image build`. Resolves to the exit code. */
export async function imageBuild(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("image build", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const plan = planOf(values, positionals);
  const mask = masked(Object.values(plan.secrets));
  const say = (line: string) => console.error(mask(line));
  try {
    const reference = await pushed(plan, say);
    if (values.sbom) await writeSbom(reference, values.sbom);
    if (plan.scan && !(await scanned(plan.scan, reference, plan.record, say))) {
      console.error(`palier: the scan found something in ${reference}: it is pushed, and no release may take it.`);
      return 1;
    }
    console.log(reference);
    return 0;
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(mask(error.message)) : error;
  }
}

async function pushed(plan: Plan, say: (line: string) => void): Promise<string> {
  const builder = await builderHere(plan.builder);
  const digest = await builder.make({ ...plan, ...gitLabels(plan.context) }, say);
  return `${plan.repository}@${digest}`;
}
