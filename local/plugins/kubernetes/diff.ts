import { Unreachable } from "../../../core/cluster/apiError.ts";
import { diffInputs } from "../../grpc/diff.ts";
import type { ChangeKind, Diff, DiffRequest } from "../../grpc/provider.ts";
import { type PropertyMap, reveal } from "../../grpc/values.ts";
import { inputsOf } from "./checkpoint.ts";
import { isPatch, usuallyNamespaced } from "./kinds.ts";
import { annotation, isAnnotatedTrue } from "./model/annotations.ts";
import { at, text } from "./model/object.ts";
import { contains, hasAt, parsePath } from "./model/property-path.ts";
import { normalize } from "./normalize.ts";
import { type Mutability, replaces } from "./replace-rules.ts";
import type { Session } from "./session.ts";
import { warnUnreachable } from "./unreachable.ts";
import { isUnready } from "./unready-job.ts";

/** From the inputs of the last time to the new ones; what only the cluster changed is seen after a refresh. */
export async function diff(session: Session, request: DiffRequest): Promise<Diff> {
  const olds = inputsOf(request.olds, request.state);
  const namespaced = await isNamespaced(session, request);
  const result = compare({ ...request, olds }, namespaced, session.config);
  const unready = await isUnready(session, request);
  if (unready !== undefined) result.detailed![unready] = "updateReplace";
  return concluded(session, request, { ...result, changes: Object.keys(result.detailed!).length > 0 }, namespaced);
}

/** The comparison alone, without asking the cluster. */
export function compare(
  { type, olds, news, ignoreChanges }: Pick<DiffRequest, "type" | "olds" | "news" | "ignoreChanges">,
  namespaced: boolean,
  mutable: Mutability,
): Diff {
  const [before, after] = [normalize(olds, namespaced), normalize(news, namespaced)];
  const { detailed } = diffInputs(before, after, replaces(after, isPatch(type, after), mutable));
  const ignored = ignoreChanges.map(parsePath);
  const kept: Record<string, ChangeKind> = {};
  for (const [path, kind] of Object.entries(detailed!)) {
    const shown = asGiven(path, olds, news);
    if (ignored.some((outer) => contains(outer, parsePath(shown)))) continue;
    kept[shown] = path === "metadata" && kind === "delete" ? "deleteReplace" : kind;
  }
  return { changes: Object.keys(kept).length > 0, detailed: kept };
}

/** A Secret's `data` is called `stringData` where the program calls it so. */
function asGiven(path: string, olds: PropertyMap, news: PropertyMap): string {
  const [first, ...rest] = parsePath(path);
  if (news["kind"] !== "Secret" || first !== "data") return path;
  const given = ["stringData", ...rest];
  const isGiven = [news, olds].some((inputs) => hasAt(reveal(inputs), given));
  return isGiven ? path.replace(/^data/, "stringData") : path;
}

function concluded(session: Session, request: DiffRequest, result: Diff, namespaced: boolean): Diff {
  const replacing = Object.values(result.detailed ?? {}).some((kind) => kind.endsWith("Replace"));
  if (replacing) session.replacing.add(request.urn);
  const before = normalize(inputsOf(request.olds, request.state), namespaced);
  const after = normalize(request.news, namespaced);
  const samePlace = ["name", "namespace"].every((key) => at(before, "metadata", key) === at(after, "metadata", key));
  // Two objects can't have one name: the old one has to go first.
  const deleteBeforeReplace = replacing && samePlace && !isAnnotatedTrue(after, annotation.autonamed);
  return { ...result, deleteBeforeReplace };
}

async function isNamespaced(session: Session, { urn, news }: DiffRequest): Promise<boolean> {
  const kind = text(news["kind"]);
  const client = await session.cluster.reach();
  if (client instanceof Unreachable) {
    await warnUnreachable(session, urn, client);
    return usuallyNamespaced(kind);
  }
  return (await client.find(text(news["apiVersion"]), kind))?.namespaced ?? usuallyNamespaced(kind);
}
