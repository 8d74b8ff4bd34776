import { setTimeout as sleep } from "node:timers/promises";
import { isNotFound } from "../../../core/cluster/apiError.ts";
import { ResourceInitFailed } from "../../grpc/failure.ts";
import type { CreateRequest } from "../../grpc/provider.ts";
import { NoSuchKind } from "./api/api-error.ts";
import type { Client } from "./api/client.ts";
import { NotReady, untilReady } from "./await/until-ready.ts";
import { checkpoint, fieldManagerOf } from "./checkpoint.ts";
import { connect } from "./connect.ts";
import { isForced } from "./force.ts";
import { toObject } from "./inputs.ts";
import { isPatch } from "./kinds.ts";
import { type KubeObject, qualifiedName } from "./model/object.ts";
import { previewCreate } from "./preview.ts";
import { redact, secretTexts } from "./redact.ts";
import { refusal } from "./refusal.ts";
import type { Session } from "./session.ts";

export async function create(session: Session, request: CreateRequest) {
  if (request.preview) return { id: "", outputs: await previewCreate(session, request) };
  const client = await connect(session);
  const object = toObject(request.inputs);
  const fieldManager = fieldManagerOf(request.inputs, {});
  const made = await make(session, client, request, object, fieldManager);
  const id = qualifiedName(made.metadata);
  const outputs = (live: KubeObject) => checkpoint(live, request.inputs, {}, fieldManager);
  try {
    const inputs = { ...object, metadata: { ...object.metadata, name: made.metadata.name } };
    const live = await untilReady(session, client, { ...request, inputs, made });
    return { id, outputs: outputs(live) };
  } catch (error) {
    if (!(error instanceof NotReady)) throw unready(id, request, outputs(made), [(error as Error).message]);
    throw unready(id, request, outputs(error.live), error.reasons);
  }
}

function unready(id: string, { inputs }: CreateRequest, outputs: ReturnType<typeof checkpoint>, reasons: string[]) {
  const told = reasons.map((reason) => redact(reason, secretTexts(inputs)));
  const message = `resource ${id} was successfully created, but the Kubernetes API server reported that it failed to fully initialize or become live: ${told.join("; ")}`;
  return new ResourceInitFailed(message, { id, outputs, inputs, reasons: told });
}

const pauses = [500, 1000, 2000, 4000, 8000];

/**
 * What is there already is not taken over: a renamed resource would otherwise be updated by the create and then removed
 * by the delete of its old name. A namespace or a kind that is just being made is waited for a little.
 */
async function make(
  session: Session,
  client: Client,
  { inputs, type, urn }: CreateRequest,
  object: KubeObject,
  fieldManager: string,
) {
  const upsert = (session.config.upsertExistingObjects || isPatch(type, inputs)) && object.metadata.name !== undefined;
  for (let attempt = 0; ; attempt++) {
    try {
      if (upsert) return await client.apply(object, { fieldManager, force: isForced(session, object) });
      return await client.create(object, { fieldManager });
    } catch (error) {
      const later = isNotFound(error) || error instanceof NoSuchKind;
      if (!later || attempt >= pauses.length || session.signal.aborted) throw refusal(error, "created", object, inputs);
      const why = redact((error as Error).message, secretTexts(inputs));
      await session.log.log("info", `Retry #${attempt + 1}; creation failed: ${why}`, { urn, status: true });
      await sleep(pauses[attempt]);
    }
  }
}
