import { dataResidency } from "../../core/rules/residency/dataResidency.ts";
import { statelessApp } from "../../core/rules/storage/stateless.ts";
import { asRollout, inCronJob, type Manifest, manifest, withContainer, withPod } from "./manifests.ts";
import { type Case, tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const volume = (source: object) => withPod({ volumes: [{ name: "a", ...source }] });
table(statelessApp, {
  refuses: {
    "a volume claim": volume({ persistentVolumeClaim: { claimName: "uploads" } }),
    "a volume claim of a Rollout": asRollout(volume({ persistentVolumeClaim: { claimName: "uploads" } })),
    "a folder of the node": volume({ hostPath: { path: "/var/lib/shop" } }),
    "a file server": volume({ nfs: { server: "nas", path: "/" } }),
  },
  passes: {
    "what may be lost": volume({ emptyDir: { sizeLimit: "64Mi" } }),
    "what a Rollout may lose": asRollout(volume({ emptyDir: { sizeLimit: "64Mi" } })),
    "files that are given": volume({ configMap: { name: "settings" } }),
    "an exception": { set: { exceptions: ["we*"] }, of: volume({ persistentVolumeClaim: { claimName: "uploads" } }) },
    "a StatefulSet": manifest("StatefulSet", {
      spec: { template: { spec: { volumes: [{ persistentVolumeClaim: {} }] } } },
    }),
    "a Job": inCronJob(volume({ persistentVolumeClaim: { claimName: "backups" } })),
  },
});

const inFrance = (of: Case) => ({ set: { allowedRegions: ["fr-par", "eu-west-3"] }, of });
const variables = (values: Record<string, unknown>) =>
  inFrance(withContainer({ env: Object.entries(values).map(([name, value]) => ({ name, value })) }));
const required = (key: string, values: string[], operator = "In") => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key, operator, values }] }],
    },
  },
});
const region = "topology.kubernetes.io/region";
const affine = (affinity: object): Case => inFrance(withPod({ affinity }) as Manifest);
table(dataResidency, {
  refuses: {
    "another region": variables({ CLOUD_REGION: "us-east-1" }),
    "one in capitals": variables({ AWS_DEFAULT_REGION: "US-EAST-1" }),
    "one of several": variables({ BUCKET_REGIONS: "fr-par,nl-ams" }),
    "an address": variables({ S3_ENDPOINT: "https://s3.us-west-2.amazonaws.com" }),
    "a managed database": variables({ DB_HOST: "shop.abc.eu-central-1.rds.amazonaws.com" }),
    "a ConfigMap": inFrance(manifest("ConfigMap", { data: { CLOUD_REGION: "nl-ams" } })),
    "an option": inFrance(withContainer({ args: ["--region", "pl-waw"] })),
    "a node selector": inFrance(withPod({ nodeSelector: { [region]: "us-east-1" } })),
    "an affinity": affine(required(region, ["fr-par", "nl-ams"])),
    "a zone": affine(required("topology.kubernetes.io/zone", ["us-east-1a"])),
    "a storage class": inFrance(
      manifest("StorageClass", {
        allowedTopologies: [{ matchLabelExpressions: [{ key: region, values: ["nl-ams"] }] }],
      }),
    ),
  },
  passes: {
    "an allowed region": variables({ CLOUD_REGION: "fr-par", AWS_REGION: "eu-west-3" }),
    "its zones": affine(required("topology.kubernetes.io/zone", ["fr-par-1", "eu-west-3a"])),
    "an address in it": variables({ S3_ENDPOINT: "https://s3.fr-par.scw.cloud", SITE: "https://shop.example.org" }),
    "regions to avoid": affine(required(region, ["us-east-1"], "NotIn")),
    "any, while none is named": withContainer({ env: [{ name: "CLOUD_REGION", value: "us-east-1" }] }),
  },
});
