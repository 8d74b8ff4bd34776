import { isPropertyMap, type PropertyMap, reveal, unknown, type Value } from "../../grpc/values.ts";
import { at, text } from "./model/object.ts";

const perObject = ["uid", "resourceVersion", "creationTimestamp", "generation"];
const ofJob = ["controller-uid", "batch.kubernetes.io/controller-uid"];

/** A dry run makes up what a real one will choose otherwise (an address, a port, an id): in a preview that is unknown. */
export function withoutInventions(outputs: PropertyMap, inputs: PropertyMap): PropertyMap {
  const given = reveal(inputs);
  const masked: PropertyMap = { ...outputs };
  // Absent means "not known yet" for a whole property, which is true of the status of what is not made.
  delete masked["status"];
  if (isPropertyMap(masked["metadata"])) masked["metadata"] = metadata(masked["metadata"]);
  if (isPropertyMap(masked["spec"])) {
    if (given["kind"] === "Service") masked["spec"] = serviceSpec(masked["spec"], at(given, "spec"));
    if (given["kind"] === "Job") masked["spec"] = jobSpec(masked["spec"], at(given, "spec"));
  }
  return masked;
}

function metadata({ managedFields: _, ...kept }: PropertyMap): PropertyMap {
  return { ...kept, ...Object.fromEntries(perObject.map((field) => [field, unknown])) };
}

function serviceSpec(spec: PropertyMap, given: Value | undefined): PropertyMap {
  const masked: PropertyMap = { ...spec };
  for (const field of ["clusterIP", "clusterIPs", "healthCheckNodePort"]) {
    if (at(given, field) === undefined && (field in spec || field !== "healthCheckNodePort")) masked[field] = unknown;
  }
  if (at(given, "clusterIP") !== undefined) delete masked["clusterIPs"];
  const ports = spec["ports"];
  const opensNodePorts = ["NodePort", "LoadBalancer"].includes(text(spec["type"]));
  if (Array.isArray(ports) && opensNodePorts) {
    masked["ports"] = ports.map((port, index) => {
      const chosen = isPropertyMap(port) && at(given, "ports", index, "nodePort") === undefined;
      return chosen ? { ...port, nodePort: unknown } : port;
    });
  }
  return masked;
}

/** A Job selects its pods by its own uid. */
function jobSpec(spec: PropertyMap, given: Value | undefined): PropertyMap {
  const masked: PropertyMap = { ...spec };
  if (at(given, "selector") === undefined) masked["selector"] = unknown;
  const labels = at(spec, "template", "metadata", "labels");
  const template = spec["template"];
  if (!isPropertyMap(template) || !isPropertyMap(template["metadata"]) || !isPropertyMap(labels)) return masked;
  const known = Object.entries(labels).map(([key, value]) => [key, ofJob.includes(key) ? unknown : value]);
  masked["template"] = { ...template, metadata: { ...template["metadata"], labels: Object.fromEntries(known) } };
  return masked;
}
