import { Unreachable } from "../../../core/cluster/apiError.ts";
import type { DiffRequest } from "../../grpc/provider.ts";
import { reveal } from "../../grpc/values.ts";
import { annotation, isAnnotatedTrue } from "./model/annotations.ts";
import { condition, parseId, text } from "./model/object.ts";
import type { Session } from "./session.ts";

/** The path of the annotation that asks for a new Job instead of one that did not complete, when it did not. */
export async function isUnready(session: Session, { urn, id, news }: DiffRequest): Promise<string | undefined> {
  const inputs = reveal(news);
  if (!isAnnotatedTrue(inputs, annotation.replaceUnready)) return undefined;
  if (inputs["kind"] !== "Job") {
    await session.log.log("warning", "replaceUnready annotation is not supported for this resource", { urn });
    return undefined;
  }
  const client = await session.cluster.reach();
  if (client instanceof Unreachable) return undefined;
  const ref = { apiVersion: text(inputs["apiVersion"]), kind: "Job", ...parseId(id) };
  const live = await client.get(ref).catch(() => undefined);
  if (live === undefined || condition(live, "Complete")?.["status"] === "True") return undefined;
  return `metadata.annotations["${annotation.replaceUnready}"]`;
}
