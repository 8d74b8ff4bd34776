import { isApiError, isNotFound, Unreachable } from "../../../core/cluster/apiError.ts";
import type { CreateRequest, UpdateRequest } from "../../grpc/provider.ts";
import { hasUnknowns, type PropertyMap } from "../../grpc/values.ts";
import { isAlreadyThere, isMissingNamespace, NoSuchKind } from "./api/api-error.ts";
import type { Client } from "./api/client.ts";
import { fieldManagerOf } from "./checkpoint.ts";
import { isForced } from "./force.ts";
import { keepIgnored } from "./ignore-changes.ts";
import { toObject } from "./inputs.ts";
import { withoutInventions } from "./inventions.ts";
import { isPatch } from "./kinds.ts";
import { isOwnUpdate } from "./managed-fields.ts";
import { type KubeObject, reference, title } from "./model/object.ts";
import { named } from "./named.ts";
import { refusal } from "./refusal.ts";
import { annotateSecrets } from "./secretness.ts";
import type { Session } from "./session.ts";
import { warnUnreachable } from "./unreachable.ts";

/** What the API server would make of it, by a dry run; the bare inputs where that can't be asked. */
export async function previewCreate(session: Session, request: CreateRequest): Promise<PropertyMap> {
  const { inputs, type, urn } = request;
  const fallback = withoutInventions(annotateSecrets(inputs, inputs), inputs);
  if (hasUnknowns(inputs) || isPatch(type, inputs)) return fallback;
  const client = await reach(session, urn);
  const object = toObject(inputs);
  if (client === undefined || (await client.find(object.apiVersion, object.kind)) === undefined) return fallback;
  const fieldManager = fieldManagerOf(inputs, {});
  const { upsertExistingObjects } = session.config;
  try {
    const write = { fieldManager, dryRun: true };
    const made = upsertExistingObjects
      ? await client.apply(object, { ...write, force: true })
      : await client.create(object, write);
    return withoutInventions(annotateSecrets(made, inputs), inputs);
  } catch (error) {
    if (isAlreadyThere(error)) await warnOccupied(session, urn, object);
    if (isUnaskable(error) || isAlreadyThere(error)) return fallback;
    throw refusal(error, "previewed", object, inputs);
  }
}

async function reach(session: Session, urn: string): Promise<Client | undefined> {
  const client = await session.cluster.reach();
  if (!(client instanceof Unreachable)) return client;
  await warnUnreachable(session, urn, client);
  return undefined;
}

/** No fault of the inputs: the namespace or the kind is not there yet, or the user may look but not write. */
function isUnaskable(error: unknown): boolean {
  const noDryRun = isApiError(error, 400) && error.message.includes("does not support dry run");
  return (
    isMissingNamespace(error) ||
    isNotFound(error) ||
    isApiError(error, 403, "Forbidden") ||
    noDryRun ||
    error instanceof NoSuchKind
  );
}

/** To be replaced it is there rightly. Otherwise `up` will fail, and it is good to know now. */
async function warnOccupied(session: Session, urn: string, object: KubeObject): Promise<void> {
  if (session.replacing.has(urn)) return;
  await session.log.log("warning", `${title(object)} exists already; unless it is replaced, the update will fail`, {
    urn,
  });
}

export async function previewUpdate(session: Session, request: UpdateRequest): Promise<PropertyMap> {
  const { news, urn, id } = request;
  const fallback = annotateSecrets(news, news);
  if (hasUnknowns(news)) return fallback;
  const client = await reach(session, urn);
  const object = named(toObject(news), id);
  if (client === undefined || (await client.find(object.apiVersion, object.kind)) === undefined) return fallback;
  try {
    return annotateSecrets(await dryRun(session, client, request, object), news);
  } catch (error) {
    if (isUnaskable(error)) return fallback;
    throw refusal(error, "previewed", object, news);
  }
}

async function dryRun(
  session: Session,
  client: Client,
  request: UpdateRequest,
  object: KubeObject,
): Promise<KubeObject> {
  const fieldManager = fieldManagerOf(request.news, request.state);
  const live = await client.get(reference(object));
  if (object.kind === "CustomResourceDefinition") {
    const metadata = { ...object.metadata, resourceVersion: live.metadata.resourceVersion };
    return client.replace({ ...object, metadata }, { fieldManager, dryRun: true });
  }
  const sent = keepIgnored(object, live, request.ignoreChanges, fieldManager);
  const write = { fieldManager, dryRun: true };
  try {
    return await client.apply(sent, { ...write, force: isForced(session, object) });
  } catch (error) {
    // Fields of our own create: the update takes them over first, which a dry run can't.
    if (isPatch(request.type, request.news) || !isConflictWithSelf(error, live, fieldManager)) throw error;
    return client.apply(sent, { ...write, force: true });
  }
}

function isConflictWithSelf(error: unknown, live: KubeObject, fieldManager: string): boolean {
  if (!isApiError(error, 409, "Conflict") || error.causes.length === 0) return false;
  const entries = (live.metadata["managedFields"] ?? []) as PropertyMap[];
  const own = new Set(entries.filter((entry) => isOwnUpdate(entry, fieldManager)).map(({ manager }) => manager));
  return error.causes.every(({ message }) => own.has(/conflict with "([^"]*)"/.exec(message)?.[1]));
}
