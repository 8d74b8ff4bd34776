import { isApiError, isNotFound, Unreachable } from "../../../core/cluster/apiError.ts";
import type { DeleteRequest } from "../../grpc/provider.ts";
import { reveal } from "../../grpc/values.ts";
import { NoSuchKind } from "./api/api-error.ts";
import type { Client } from "./api/client.ts";
import { untilDeleted } from "./await/until-deleted.ts";
import { fieldManagerOf, inputsOf } from "./checkpoint.ts";
import { isPatch } from "./kinds.ts";
import { annotation, deletionPropagation, isAnnotatedTrue, timeoutOf } from "./model/annotations.ts";
import { at, type KubeObject, parseId, type Reference, text } from "./model/object.ts";
import { refusal } from "./refusal.ts";
import { relinquish } from "./relinquish.ts";
import type { Session } from "./session.ts";

export async function remove(session: Session, request: DeleteRequest): Promise<void> {
  const client = await session.cluster.reach();
  if (client instanceof Unreachable) return withoutCluster(session, request, client);
  const inputs = inputsOf(request.inputs, request.state);
  const live = reveal(request.state) as KubeObject;
  const ref = { apiVersion: live.apiVersion, kind: live.kind, ...parseId(request.id) };
  const object = { ...ref, metadata: parseId(request.id) } as unknown as KubeObject;
  try {
    if (isPatch(request.type, inputs)) {
      await relinquish(client, object, fieldManagerOf(inputs, request.state));
      return;
    }
    await removeObject(session, client, request, ref);
  } catch (error) {
    // Gone, or its whole kind is gone: that is what was wanted.
    if (isNotFound(error) || error instanceof NoSuchKind) return;
    throw isRequired(error) ? new Error(requiredField(error)) : refusal(error, "deleted", object, inputs);
  }
}

async function removeObject(session: Session, client: Client, request: DeleteRequest, ref: Reference): Promise<void> {
  const inputs = reveal(inputsOf(request.inputs, request.state));
  const policy = deletionPropagation(inputs);
  await client.delete(ref, policy);
  if (isAnnotatedTrue(inputs, annotation.skipAwait) && skippable.has(ref.kind)) return;
  const uid = text(at(request.state, "metadata", "uid"));
  const timeoutSeconds = timeoutOf(inputs, request.timeoutSeconds);
  await untilDeleted(session, client, { urn: request.urn, ref, uid, timeoutSeconds });
}

/** skipAwait was once about readiness only, but these kinds have always skipped the wait for their end as well. */
const skippable = new Set([
  "Namespace",
  "Pod",
  "ReplicationController",
  "DaemonSet",
  "Deployment",
  "StatefulSet",
  "Job",
]);

async function withoutCluster(session: Session, { urn }: DeleteRequest, why: Unreachable): Promise<void> {
  const unreachable = `configured Kubernetes cluster is unreachable: ${why.message}`;
  if (!session.config.deleteUnreachable) {
    throw new Error(
      `${unreachable}. If the cluster was deleted, you can remove this resource from Pulumi state by rerunning the operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"`,
    );
  }
  await session.log.log("warning", `${unreachable}; it is deleted from the state only (deleteUnreachable)`, { urn });
}

function isRequired(error: unknown): error is { causes: { field: string; message: string }[] } {
  return isApiError(error, 422) && error.causes.some(({ message }) => message.startsWith("Required value"));
}

function requiredField({ causes }: { causes: { field: string; message: string }[] }): string {
  const fields = causes.map(({ field }) => field).join(", ");
  return `this Patch resource is currently managing a required field, so it can't be deleted directly. Either set the \`retainOnDelete\` resource option, or transfer ownership of the field before deleting: ${fields}`;
}
