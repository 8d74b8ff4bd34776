import { isDeepStrictEqual } from "node:util";
import { isPropertyMap } from "../../../grpc/values.ts";
import { annotated, annotation, isAnnotatedTrue } from "../model/annotations.ts";
import { at, condition, type KubeObject } from "../model/object.ts";
import { type Awaiter, ready, waitingFor } from "./awaiter.ts";
import { daemonSet } from "./daemon-set.ts";
import { deployment } from "./deployment.ts";
import { ingress } from "./ingress.ts";
import { job } from "./job.ts";
import { pod } from "./pod.ts";
import { replicationController } from "./replication-controller.ts";
import { service } from "./service.ts";
import { statefulSet } from "./stateful-set.ts";
import { persistentVolume, persistentVolumeClaim } from "./volumes.ts";
import { customAwaiter } from "./wait-for.ts";

const customResourceDefinition: Awaiter = {
  verdict(live) {
    const established = condition(live, "Established")?.["status"] === "True";
    return established ? ready : waitingFor("the API server to serve the new kind");
  },
};

const resourceQuota: Awaiter = {
  timeoutSeconds: 60,
  verdict(live) {
    const [wanted, known] = [at(live, "spec", "hard"), at(live, "status", "hard")];
    return isDeepStrictEqual(wanted, known) ? ready : waitingFor("the quota to be in force");
  },
};

/** The token of a service account is written by a controller; any other Secret is complete when it is made. */
const secret: Awaiter = {
  timeoutSeconds: 30,
  verdict(live) {
    if (live["type"] !== "kubernetes.io/service-account-token") return ready;
    const data = live["data"];
    return isPropertyMap(data) && Object.keys(data).length > 0 ? ready : waitingFor("the token to be written");
  },
};

const awaiters: Record<string, Awaiter> = {
  "apps/Deployment": deployment,
  "apps/StatefulSet": statefulSet,
  "apps/DaemonSet": daemonSet,
  "batch/Job": job,
  "/Pod": pod,
  "/ReplicationController": replicationController,
  "/PersistentVolume": persistentVolume,
  "/PersistentVolumeClaim": persistentVolumeClaim,
  "/Service": service,
  "/ResourceQuota": resourceQuota,
  "/Secret": secret,
  "networking.k8s.io/Ingress": ingress,
  "apiextensions.k8s.io/CustomResourceDefinition": customResourceDefinition,
};

/** How to know that this object is ready; undefined where it is as soon as it is made. */
export function awaiterOf(object: KubeObject): Awaiter | undefined {
  if (isAnnotatedTrue(object, annotation.skipAwait)) return undefined;
  const asked = annotated(object, annotation.waitFor);
  if (asked !== "") return customAwaiter(asked);
  const group = object.apiVersion.includes("/") ? object.apiVersion.split("/")[0] : "";
  return awaiters[`${group}/${object.kind}`];
}
