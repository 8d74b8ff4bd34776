import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";

/** A Secret that a route or a gateway names for its certificate. */
export interface NamedCertificate {
  readonly secret: Field;
  /** Those for which it is served, as far as the object says it beside the name. */
  readonly hosts: readonly Field[];
}

export function namedCertificates({ kind, root }: KubernetesObject): NamedCertificate[] {
  const spec = root.at("spec");
  const all = kind === "Ingress" ? ofIngress(spec) : kind === "Gateway" ? ofGateway(spec) : [];
  if (kind === "IngressRoute") all.push({ secret: spec.at("tls", "secretName"), hosts: [] });
  return all.filter(({ secret }) => !secret.absent);
}

function ofIngress(spec: Field): NamedCertificate[] {
  return spec
    .at("tls")
    .items()
    .map((tls) => ({ secret: tls.at("secretName"), hosts: tls.at("hosts").items() }));
}

/** In their own namespace: another's Secrets are another stack's. */
function ofGateway(spec: Field): NamedCertificate[] {
  return spec
    .at("listeners")
    .items()
    .flatMap((listener) => {
      const references = listener.at("tls", "certificateRefs").items();
      const near = references.filter(
        (one) => one.at("namespace").absent && (one.at("kind").text ?? "Secret") === "Secret",
      );
      const hosts = [listener.at("hostname")].filter(({ absent }) => !absent);
      return near.map((one) => ({ secret: one.at("name"), hosts }));
    });
}
