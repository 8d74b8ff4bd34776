import { Unreachable } from "../../../core/cluster/apiError.ts";
import type { Checked, CheckFailure, CheckRequest } from "../../grpc/provider.ts";
import { type PropertyMap, reveal } from "../../grpc/values.ts";
import { advise } from "./advise.ts";
import { spelled } from "./inputs.ts";
import { isPatch, refuseList, usuallyNamespaced } from "./kinds.ts";
import { at, text } from "./model/object.ts";
import { withName, withNamespace } from "./naming.ts";
import { annotateSecrets } from "./secretness.ts";
import type { Session } from "./session.ts";
import { warnUnreachable } from "./unreachable.ts";

/** The inputs as they will be used: with a name, a namespace, and the contents of Secrets marked. */
export async function check(session: Session, request: CheckRequest): Promise<Checked> {
  refuseList(request.type, request.news);
  if (await isLeftAlone(session, request)) return { inputs: request.olds! };
  const news = spelled(request.news);
  await advise(session, request.urn, news);
  const failures = missing(news, isPatch(request.type, news));
  if (failures.length > 0) return { inputs: news, failures };
  const named = withName(news, request);
  const placed = (await isNamespaced(session, request, named))
    ? withNamespace(named, session.cluster.namespace)
    : named;
  return { inputs: annotateSecrets(placed, placed) };
}

/** With skipUpdateUnreachable what can't be reached stays as it is, whatever the program says now. */
async function isLeftAlone({ config, cluster }: Session, { olds = {} }: CheckRequest): Promise<boolean> {
  if (!config.skipUpdateUnreachable || Object.keys(olds).length === 0) return false;
  return (await cluster.reach()) instanceof Unreachable;
}

function missing(news: PropertyMap, patch: boolean): CheckFailure[] {
  const failures = ["apiVersion", "kind"]
    .filter((property) => typeof reveal(news[property]) !== "string" || news[property] === "")
    .map((property) => ({ property, reason: `${property} is missing: say which kind of object this is` }));
  const metadata = reveal(news["metadata"]);
  if (patch && (metadata === undefined || at(metadata, "name") === "" || isUnnamed(metadata))) {
    failures.push({ property: "metadata.name", reason: "a Patch resource needs the name of the object it changes" });
  }
  return failures;
}

function isUnnamed(metadata: ReturnType<typeof reveal>): boolean {
  return typeof metadata === "object" && metadata?.constructor === Object && at(metadata, "name") === undefined;
}

async function isNamespaced(session: Session, request: CheckRequest, inputs: PropertyMap): Promise<boolean> {
  const kind = text(inputs["kind"]);
  const client = await session.cluster.reach();
  if (client instanceof Unreachable) {
    await warnUnreachable(session, request.urn, client);
    return usuallyNamespaced(kind);
  }
  const found = await client.find(text(inputs["apiVersion"]), kind);
  return found?.namespaced ?? usuallyNamespaced(kind);
}
