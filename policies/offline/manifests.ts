import { parseAllDocuments } from "yaml";
import { Field } from "../../core/rules/reading/field.ts";
import { type KubernetesObject, kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";

/** The objects of a YAML text as kubectl takes it: several documents, lists unfolded. */
export function readManifests(text: string): KubernetesObject[] {
  return parseAllDocuments(text).flatMap((document) => {
    const root = new Field(document.toJS());
    return kubernetesObjects(root.at("kind").text ?? "object", root);
  });
}
