import { clusterOfEnvironment } from "../../core/rules/options/clusterOfEnvironment.ts";
import { keptFields } from "../../core/rules/options/keptFields.ts";
import { profileFloors } from "../../core/rules/options/profileFloors.ts";
import { protectedData } from "../../core/rules/options/protectedData.ts";
import { manifest, withContainer } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const provider = (context?: string) => manifest("Provider", { context });
table(clusterOfEnvironment, {
  refuses: {
    "dev's cluster in production": provider("kind-dev"),
    "a cluster of staging, by one word of its name": provider("arn:aws:eks:eu-west-3:1:cluster/staging_eu"),
    "production's in dev": { around: { stage: "dev" }, of: provider("gke_shop_prod") },
    "another than the configuration names": { around: { context: "shop-eu" }, of: provider("shop-us") },
  },
  passes: {
    "production's cluster": provider("shop-production"),
    "a name that means no environment": provider("shop-eu"),
    "one cluster for dev and staging": { around: { stage: "staging" }, of: provider("kind-dev") },
    "what is current": provider(),
  },
});

const ignoring = (...ignoreChanges: string[]) => ({ around: { ignoreChanges }, of: withContainer({}) });
table(keptFields, {
  refuses: {
    "an image": ignoring("spec.template.spec.containers[0].image"),
    "the whole object": ignoring("*"),
    "the whole pod": ignoring("spec.template.spec"),
    "a security context": ignoring("spec.template.spec.securityContext"),
    "a CronJob's containers": ignoring("spec.jobTemplate.spec.template.spec.containers"),
    "the rules of a role": ignoring("rules"),
  },
  passes: {
    "the number of replicas": ignoring("spec.replicas"),
    annotations: ignoring('metadata.annotations["kubectl.kubernetes.io/restartedAt"]'),
    "resources that an autoscaler sets": ignoring("spec.template.spec.containers[0].resources"),
    nothing: ignoring(),
  },
});

const environment = (profile?: object) => manifest("PalierEnvironment", { profile }, { name: "shop" });
table(profileFloors, {
  refuses: {
    "one replica in production": environment({ replicas: { min: 1 } }),
    "debug switches": environment({ debug: true }),
    "debug output": environment({ logLevel: "debug" }),
    "images by tag": environment({ imagesByDigest: false }),
    "images by tag in staging": { around: { stage: "staging" }, of: environment({ imagesByDigest: false }) },
    "a namespace that anybody may destroy": environment({ deletionProtection: false }),
    "pods that count at once": environment({ minReadySeconds: 0 }),
  },
  passes: {
    "more than the profile says": environment({ replicas: { min: 3, max: 20 }, minReadySeconds: 120 }),
    "debug output in staging": { around: { stage: "staging" }, of: environment({ logLevel: "debug" }) },
    "anything in dev": { around: { stage: "dev" }, of: environment({ replicas: { min: 1 }, imagesByDigest: false }) },
    "the profile as it is": environment(),
  },
});

table(protectedData, {
  refuses: { "a claim without": { around: { protect: false }, of: manifest("PersistentVolumeClaim") } },
  passes: {
    "a protected one": { around: { protect: true }, of: manifest("PersistentVolumeClaim") },
    "one that was read from a file": manifest("PersistentVolumeClaim"),
    "an object without data": { around: { protect: false }, of: manifest("ConfigMap") },
  },
});
