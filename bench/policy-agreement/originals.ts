/**
 * What an original check was given, in the terms of our rules. Gatekeeper's parameters come with each case; Kyverno's and
 * kube-linter's are written into the policy, and so are theirs here. Where an original judges a whole Pod Security
 * Standard, ours do too, whatever single row the case has.
 */
import { matches } from "../../core/rules/parameters.ts";

export interface Meaning {
  /** Our rules' parameters, by rule. */
  readonly given?: Readonly<Record<string, object>>;
  /** Of the rules with the case's row, only these say the same. */
  readonly only?: readonly string[];
  /** The standard as a whole, of which these rules are left out. */
  readonly standard?: { readonly level: "baseline" | "restricted"; readonly without?: readonly string[] };
  /** Containers with these images are not judged, by these rules or by any. */
  readonly exempt?: { readonly images: readonly string[]; readonly rules?: readonly string[] };
}

type Params = Record<string, unknown>;

const any = [{ min: 0, max: 2_147_483_647 }];
const exactly = (id: number) => ({ required: true, ranges: [{ min: id, max: id }] });
const whatever = { required: false, ranges: any };
const probes = ["livenessProbe", "readinessProbe", "startupProbe"];
const unconfined = ["seccomp-profile", "no-unconfined-seccomp"];
const capabilities = ["drop-all-capabilities", "no-added-capabilities"];
const label = (key: string, pattern?: string) => ({ labels: [{ key, matches: pattern }] });

const written: Readonly<Record<string, Meaning>> = {
  "podsecurity-subrule-baseline": { standard: { level: "baseline" } },
  "podsecurity-subrule-restricted": { standard: { level: "restricted" } },
  "podsecurity-subrule-restricted-seccomp": { standard: { level: "restricted", without: unconfined } },
  "podsecurity-subrule-restricted-capabilities": {
    standard: { level: "restricted" },
    exempt: { images: ["*nginx*", "redis*"], rules: capabilities },
  },
  "disallow-host-ports-range": { given: { "no-host-port": { allowed: [{ min: 5000, max: 6000 }] } } },
  "limit-hostpath-vols": { given: { "no-host-path": { allowed: ["/data*"] } } },
  "psp-restrict-adding-capabilities": {
    given: { "no-added-capabilities": { allowed: ["NET_BIND_SERVICE", "CAP_CHOWN"] } },
  },
  "disallow-selinux": {
    given: { "selinux-options": { types: ["container_t", "container_init_t", "container_kvm_t"] } },
  },
  "validate-userid-groupid-fsgroup": {
    given: {
      "user-ids": { runAsUser: exactly(1000) },
      "group-ids": { runAsGroup: exactly(3000), fsGroup: exactly(2000) },
    },
  },
  "psp-check-supplemental-groups": {
    given: {
      "group-ids": {
        runAsGroup: whatever,
        fsGroup: whatever,
        supplementalGroups: {
          ranges: [
            { min: 100, max: 200 },
            { min: 500, max: 600 },
          ],
        },
      },
    },
  },
  "deny-commands-in-exec-probe": { given: { "no-tools-in-probes": { tools: ["jcmd", "ps", "ls"] } } },
  "restrict-runtimeclass": { given: { "no-node-choice": { runtimeClasses: ["prodclass", "expclass"] } } },
  "restrict-secrets-by-name": { given: { "allowed-secrets": { allowed: ["safe-*"] } }, only: ["allowed-secrets"] },
  // The label stands on a Secret that the case does not hold.
  "restrict-secrets-by-label": { only: ["secret-stays-in-its-part"] },
  "restrict-image-registries": { given: { "allowed-images": { allowed: ["eu.foo.io/*", "bar.io/*"] } } },
  "memory-requests-equal-limits": { only: ["limits-near-requests"], given: { "limits-near-requests": { memory: 1 } } },
  "require-qos-guaranteed": {
    only: ["limits-near-requests"],
    given: { "limits-near-requests": { cpu: 1, memory: 1, required: true } },
  },
  "require-qos-burstable": { only: ["not-best-effort"] },
  "require-pod-probes": { given: { "liveness-probe": { others: probes }, "readiness-probe": { others: probes } } },
  "require-reasonable-pdbs": { given: { "disruption-budget-leaves-room": { room: 50 } } },
  "topologyspreadconstraints-policy": {
    given: { "replicas-are-spread": { keys: ["kubernetes.io/hostname", "topology.kubernetes.io/zone"] } },
  },
  "require-container-port-names": { only: ["port-names"] },
  "restart-policy": { only: ["restart-policy"] },
  "restrict-jobs": { only: ["jobs-have-an-owner"] },
  "disallow-empty-ingress-host": { given: { "ingress-hosts": { wildcards: true } } },
  "restrict-ingress-wildcard": { given: { "ingress-hosts": { required: false } } },
  "cert-manager-limit-duration": { given: { "certificate-bounds": { mostHours: 2400 } } },
  "cert-manager-limit-dnsnames": { given: { "certificate-bounds": { mostNames: 1 } } },
  "cert-manager-restrict-issuer": {
    given: { "certificate-bounds": { issuers: ["our-corp-issuer"], names: ["*.corp.com"] } },
  },
  "non-isolated-pod": { only: ["pods-are-isolated"] },
  "dangling-networkpolicy": { only: ["network-policy-selects"] },
  "restrict-networkpolicy-empty-podselector": { only: ["no-empty-pod-selector"] },
  "restrict-wildcard-verbs": { given: { "no-wildcard-rights": { keys: ["verbs"] } } },
  "restrict-wildcard-resources": { given: { "no-wildcard-rights": { keys: ["resources"] } } },
  "check-env-vars": { given: { "forbidden-variables": { variables: [{ name: "DISABLE_OPA", value: "true" }] } } },
  "add-psa-namespace-reporting": { given: { "namespace-pod-security": { denied: [] } } },
  "deny-privileged-profile": { given: { "namespace-pod-security": { required: false } } },
  "required-label-owner": { given: { "required-labels": label("owner") } },
  "metadata-match-regex": { given: { "required-labels": label("corp.org/version", "^v[0-9].[0-9].[0-9]$") } },
  "require-annotations": { given: { "required-annotations": { annotations: [{ key: "corp.org/department" }] } } },
  "required-annotation-email": {
    given: { "required-annotations": { annotations: [{ key: "email", matches: "^[^@ ]+@[^@ ]+$" }] } },
  },
  "allowed-annotations": {
    given: { "required-annotations": { reserved: "fluxcd.io/", allowed: ["fluxcd.io/cow", "fluxcd.io/dog"] } },
  },
};

/** By Gatekeeper's template, from the parameters of its constraint. */
const parameterized: Readonly<Record<string, (params: Params) => Meaning["given"]>> = {
  "host-network-ports": ({ hostNetwork, min, max }) => ({
    "no-host-namespaces": { allowed: hostNetwork ? ["hostNetwork", "hostPID", "hostIPC"] : ["hostPID", "hostIPC"] },
    "no-host-port": { allowed: [{ min, max }] },
  }),
  "host-filesystem": ({ allowedHostPaths }) => ({
    "no-host-path": {
      allowed: list(allowedHostPaths).flatMap(({ pathPrefix }) => [String(pathPrefix), `${pathPrefix}/*`]),
    },
  }),
  capabilities: ({ allowedCapabilities, requiredDropCapabilities }) => {
    const allowed = texts(allowedCapabilities);
    return {
      "no-added-capabilities": { allowed },
      "drop-all-capabilities": { allowed, required: texts(requiredDropCapabilities) },
    };
  },
  selinux: ({ allowedSELinuxOptions }) => ({
    "selinux-options": { types: list(allowedSELinuxOptions).flatMap(({ type }) => (type ? [String(type)] : [])) },
  }),
  fsgroup: ({ rule, ranges }) => ({ "group-ids": { runAsGroup: whatever, fsGroup: identity({ rule, ranges }) } }),
  users: ({ runAsUser, runAsGroup, supplementalGroups, fsGroup }) => ({
    "user-ids": { runAsUser: identity(runAsUser) },
    "group-ids": {
      runAsGroup: identity(runAsGroup),
      supplementalGroups: identity(supplementalGroups),
      fsGroup: identity(fsGroup),
    },
  }),
  seccompv2: ({ allowedProfiles }) => ({
    "seccomp-profile": { required: !texts(allowedProfiles).includes("not configured") },
  }),
  "forbidden-sysctls": ({ allowedSysctls, forbiddenSysctls }) => ({
    "safe-sysctls": { allowed: texts(allowedSysctls), denied: texts(forbiddenSysctls) },
  }),
  allowedrepos: ({ repos }) => ({ "allowed-images": { allowed: texts(repos).map((repo) => `${repo}*`) } }),
  allowedreposv2: ({ allowedImages }) => ({ "allowed-images": { allowed: texts(allowedImages) } }),
  disallowedrepos: ({ repos }) => ({ "denied-images": { denied: texts(repos).map((repo) => `${repo}*`) } }),
  disallowedtags: ({ tags }) => ({ "explicit-image-tag": { moving: texts(tags) } }),
  httpsonly: ({ tlsOptional }) => ({ "ingress-tls": { required: !tlsOptional } }),
  requiredlabels: ({ labels }) => ({ "required-labels": { labels: keyed(labels) } }),
  requiredannotations: ({ annotations }) => ({ "required-annotations": { annotations: keyed(annotations) } }),
  verifydeprecatedapi: ({ k8sVersion }) => ({ "api-version-is-served": { kubernetes: String(k8sVersion) } }),
  storageclass: ({ allowedStorageClasses }) => ({
    "storage-class": { allowed: allowedStorageClasses ? texts(allowedStorageClasses) : ["*"] },
  }),
  containerresourceratios: ({ ratio, cpuRatio }) => ({
    "limits-near-requests": { memory: Number(ratio ?? 2), cpu: Number(cpuRatio ?? ratio ?? 2), required: true },
  }),
};

const required: Readonly<Record<string, string>> = {
  "limits cpu": "cpu-limits",
  "limits memory": "memory-limits",
  "requests cpu": "cpu-requests",
  "requests memory": "memory-requests",
};

export function meaningOf(check: string, constraint: { parameters?: Params | null } | null | undefined): Meaning {
  const meaning = written[check] ?? {};
  const params = constraint?.parameters;
  if (!params) return meaning;
  const { exemptImages, limits, requests } = params;
  const only =
    check === "containerresources"
      ? [...texts(limits).map((one) => `limits ${one}`), ...texts(requests).map((one) => `requests ${one}`)].flatMap(
          (one) => required[one] ?? [],
        )
      : meaning.only;
  const images = texts(exemptImages);
  return {
    ...meaning,
    only,
    given: parameterized[check]?.(params) ?? meaning.given,
    exempt: images.length > 0 ? { images } : meaning.exempt,
  };
}

export function isExempt({ exempt }: Meaning, rule: string, image: string | undefined): boolean {
  if (!exempt || image === undefined) return false;
  return matches(image, [...exempt.images]) && (exempt.rules?.includes(rule) ?? true);
}

/** Gatekeeper's `MustRunAs`, `MayRunAs`, `MustRunAsNonRoot` and `RunAsAny`. */
function identity(value: unknown): object {
  const { rule, ranges } = (value ?? {}) as { rule?: string; ranges?: object[] };
  if (rule === undefined || rule === "RunAsAny") return whatever;
  if (rule === "MustRunAsNonRoot") return { required: false, ranges: [{ min: 1, max: 2_147_483_647 }] };
  return { required: rule === "MustRunAs", ranges: ranges ?? any };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function list(value: unknown): Params[] {
  return Array.isArray(value) ? (value as Params[]) : [];
}

function keyed(value: unknown): object[] {
  return list(value).map(({ key, allowedRegex }) => ({ key, matches: allowedRegex }));
}
