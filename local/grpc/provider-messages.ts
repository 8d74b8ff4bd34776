import pb from "@pulumi/pulumi/proto/provider_pb.js";
import { fromStruct, toStruct } from "./marshal.ts";
import type { ChangeKind, Checked, CheckFailure, CheckRequest, Diff, DiffRequest, Subject } from "./provider.ts";

const modes = ["propose", "enforce", "disable"] as const;

const kinds: Record<ChangeKind, pb.PropertyDiff.Kind> = {
  add: pb.PropertyDiff.Kind.ADD,
  addReplace: pb.PropertyDiff.Kind.ADD_REPLACE,
  delete: pb.PropertyDiff.Kind.DELETE,
  deleteReplace: pb.PropertyDiff.Kind.DELETE_REPLACE,
  update: pb.PropertyDiff.Kind.UPDATE,
  updateReplace: pb.PropertyDiff.Kind.UPDATE_REPLACE,
};

export function toSubject(request: { getUrn(): string; getType(): string; getName(): string }): Subject {
  return { urn: request.getUrn(), type: request.getType(), name: request.getName() };
}

export function toCheckRequest(request: pb.CheckRequest): CheckRequest {
  const autonaming = request.getAutonaming();
  return {
    ...toSubject(request),
    olds: request.hasOlds() ? fromStruct(request.getOlds()) : undefined,
    news: fromStruct(request.getNews()),
    randomSeed: request.getRandomseed_asU8(),
    autonaming: autonaming && {
      proposedName: autonaming.getProposedName(),
      mode: modes[autonaming.getMode()] ?? "propose",
    },
  };
}

export function toFailure({ property, reason }: CheckFailure): pb.CheckFailure {
  return new pb.CheckFailure().setProperty(property).setReason(reason);
}

export function toCheckResponse({ inputs, failures = [] }: Checked): pb.CheckResponse {
  return new pb.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(failures.map(toFailure));
}

export function toDiffRequest(request: pb.DiffRequest): DiffRequest {
  return {
    ...toSubject(request),
    id: request.getId(),
    state: fromStruct(request.getOlds()),
    olds: fromStruct(request.getOldInputs()),
    news: fromStruct(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
  };
}

export function toDiffResponse(diff: Diff): pb.DiffResponse {
  const { DIFF_SOME, DIFF_NONE } = pb.DiffResponse.DiffChanges;
  const response = new pb.DiffResponse()
    .setChanges(diff.changes ? DIFF_SOME : DIFF_NONE)
    .setDeletebeforereplace(diff.deleteBeforeReplace ?? false)
    .setStablesList(diff.stables ?? []);
  if (diff.detailed === undefined) return response;
  const paths = Object.entries(diff.detailed);
  for (const [path, kind] of paths) {
    response.getDetaileddiffMap().set(path, new pb.PropertyDiff().setKind(kinds[kind]).setInputdiff(true));
  }
  const topLevel = (entries: [string, ChangeKind][]) => [...new Set(entries.map(([path]) => firstProperty(path)))];
  return response
    .setHasdetaileddiff(true)
    .setDiffsList(topLevel(paths))
    .setReplacesList(topLevel(paths.filter(([, kind]) => kind.endsWith("Replace"))));
}

function firstProperty(path: string): string {
  return /^\["((?:[^"\\]|\\.)*)"\]/.exec(path)?.[1] ?? /^[^.[]*/.exec(path)![0];
}
