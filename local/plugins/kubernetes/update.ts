import { ResourceInitFailed } from "../../grpc/failure.ts";
import type { UpdateRequest } from "../../grpc/provider.ts";
import type { PropertyMap } from "../../grpc/values.ts";
import type { Client } from "./api/client.ts";
import { NotReady, untilReady } from "./await/until-ready.ts";
import { checkpoint, fieldManagerOf, inputsOf } from "./checkpoint.ts";
import { connect } from "./connect.ts";
import { isForced } from "./force.ts";
import { keepIgnored } from "./ignore-changes.ts";
import { toObject } from "./inputs.ts";
import { isPatch } from "./kinds.ts";
import { takeOver } from "./managed-fields.ts";
import { type KubeObject, reference } from "./model/object.ts";
import { named } from "./named.ts";
import { previewUpdate } from "./preview.ts";
import { redact, secretTexts } from "./redact.ts";
import { refusal } from "./refusal.ts";
import { relinquish } from "./relinquish.ts";
import type { Session } from "./session.ts";

export async function update(session: Session, request: UpdateRequest): Promise<PropertyMap> {
  if (request.preview) return previewUpdate(session, request);
  const client = await connect(session);
  const object = named(toObject(request.news), request.id);
  const fieldManager = fieldManagerOf(request.news, request.state);
  let made: KubeObject;
  try {
    made = await write(session, client, request, object, fieldManager);
    await leaveOldManager(client, request, object, fieldManager);
  } catch (error) {
    throw refusal(error, "updated", object, request.news);
  }
  const outputs = (live: KubeObject) => checkpoint(live, request.news, request.state, fieldManager);
  try {
    return outputs(await untilReady(session, client, { ...request, inputs: object, made }));
  } catch (error) {
    const [live, reasons] =
      error instanceof NotReady ? [error.live, error.reasons] : [made, [(error as Error).message]];
    throw unready(request, outputs(live), reasons);
  }
}

async function write(
  session: Session,
  client: Client,
  request: UpdateRequest,
  object: KubeObject,
  fieldManager: string,
) {
  const live = await client.get(reference(object));
  if (object.kind === "CustomResourceDefinition") {
    const { resourceVersion } = live.metadata;
    return client.replace({ ...object, metadata: { ...object.metadata, resourceVersion } }, { fieldManager });
  }
  const current = isPatch(request.type, request.news) ? live : await takeOver(client, live, fieldManager);
  const sent = keepIgnored(object, current, request.ignoreChanges, fieldManager);
  return client.apply(sent, { fieldManager, force: isForced(session, object) });
}

/** The annotation that names the field manager was changed: the old one must not keep the fields. */
async function leaveOldManager(client: Client, request: UpdateRequest, object: KubeObject, fieldManager: string) {
  const before = fieldManagerOf(inputsOf(request.olds, request.state), request.state);
  if (before !== fieldManager && request.state["__fieldManager"] !== undefined)
    await relinquish(client, object, before);
}

function unready({ id, news }: UpdateRequest, outputs: PropertyMap, reasons: string[]) {
  const told = reasons.map((reason) => redact(reason, secretTexts(news)));
  const message = `the Kubernetes API server reported that "${id}" failed to fully initialize or become live: ${told.join("; ")}`;
  return new ResourceInitFailed(message, { id, outputs, inputs: news, reasons: told });
}
