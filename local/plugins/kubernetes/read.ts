import { isNotFound, Unreachable } from "../../../core/cluster/apiError.ts";
import { ResourceInitFailed } from "../../grpc/failure.ts";
import type { ReadRequest } from "../../grpc/provider.ts";
import { type PropertyMap, reveal } from "../../grpc/values.ts";
import { NoSuchKind } from "./api/api-error.ts";
import type { Client } from "./api/client.ts";
import { checkReady, NotReady } from "./await/until-ready.ts";
import { checkpoint, fieldManagerOf, inputsOf } from "./checkpoint.ts";
import { kindOf } from "./kinds.ts";
import { importedInputs, liveInputs } from "./live-inputs.ts";
import { type KubeObject, parseId, type Reference, text } from "./model/object.ts";
import { redact, secretTexts } from "./redact.ts";
import { refusal } from "./refusal.ts";
import { annotateSecrets } from "./secretness.ts";
import type { Session } from "./session.ts";

type Found = { id: string; outputs: PropertyMap; inputs: PropertyMap };

/** Refresh (with inputs), import and `get` (without). */
export async function read(session: Session, request: ReadRequest): Promise<Found | undefined> {
  const client = await session.cluster.reach();
  if (client instanceof Unreachable) return withoutCluster(session, request, client);
  const olds = inputsOf(request.inputs, request.state);
  const ref = await referenceOf(client, request, olds);
  let live: KubeObject;
  try {
    live = await client.get(ref);
  } catch (error) {
    if (isNotFound(error) || error instanceof NoSuchKind) return undefined;
    throw refusal(error, "read", { ...ref, metadata: parseId(request.id) } as unknown as KubeObject, olds);
  }
  const known = Object.keys(olds).length > 0;
  const inputs = annotateSecrets(known ? liveInputs(live, reveal(olds)) : importedInputs(live), olds);
  const outputs = checkpoint(live, inputs, request.state, fieldManagerOf(olds, request.state));
  if (known) await refuseUnready(client, { id: request.id, inputs, outputs }, reveal(olds) as KubeObject, live);
  return { id: request.id, outputs, inputs };
}

async function refuseUnready(client: Client, found: Found, olds: KubeObject, live: KubeObject): Promise<void> {
  try {
    await checkReady(client, olds, live);
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    const reasons = error.reasons.map((reason) => redact(reason, secretTexts(found.inputs)));
    throw new ResourceInitFailed(reasons.join("; "), { ...found, reasons });
  }
}

async function referenceOf(client: Client, request: ReadRequest, olds: PropertyMap): Promise<Reference> {
  const state = reveal(request.state);
  const place = parseId(request.id);
  const apiVersion = text(olds["apiVersion"]) || text(state["apiVersion"]);
  const kind = text(olds["kind"]) || text(state["kind"]);
  if (apiVersion !== "" && kind !== "") return { apiVersion, kind, ...place };
  const ofType = kindOf(request.type);
  const isKind = (await client.find(ofType.apiVersion, ofType.kind)) !== undefined;
  return { ...ofType, kind: isKind ? ofType.kind : ofType.kind.replace(/Patch$/, ""), ...place };
}

async function withoutCluster(session: Session, request: ReadRequest, why: Unreachable): Promise<Found | undefined> {
  const { config, log } = session;
  const unreachable = `configured Kubernetes cluster is unreachable: ${why.message}`;
  const { urn, id, state, inputs } = request;
  if (config.deleteUnreachable) {
    await log.log("warning", `${unreachable}; it is deleted from the state (deleteUnreachable)`, { urn });
    return undefined;
  }
  if (config.skipUpdateUnreachable) {
    await log.log("warning", `${unreachable}; its state is kept as it was (skipUpdateUnreachable)`, { urn });
    return { id, outputs: state, inputs };
  }
  throw new Error(
    `failed to read resource state: ${unreachable}. If the cluster was deleted, you can remove this resource from Pulumi state by rerunning the operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"`,
  );
}
