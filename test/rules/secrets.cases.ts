import { keysExist, noDuplicateVariables } from "../../core/rules/configuration/references.ts";
import { requiredVariables } from "../../core/rules/configuration/requiredVariables.ts";
import { allowedSecrets } from "../../core/rules/secrets/allowedSecrets.ts";
import { noSharedSecrets } from "../../core/rules/secrets/noSharedSecrets.ts";
import { forbiddenVariables, noTokenSecrets, secretsAsFiles } from "../../core/rules/secrets/secretUse.ts";
import { inCronJob, manifest, withContainer, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const reference = (key: string) => ({ name: "PASSWORD", valueFrom: { [key]: { name: "db", key: "password" } } });

table(secretsAsFiles, {
  refuses: {
    "a variable": withContainer({ env: [reference("secretKeyRef")] }),
    "all of them": inCronJob(withContainer({ envFrom: [{ secretRef: { name: "db" } }] })),
  },
  passes: {
    "a file": withPod({ volumes: [{ name: "a", secret: { secretName: "db" } }] }),
    "a ConfigMap": withContainer({ env: [reference("configMapKeyRef")] }),
  },
});

table(noTokenSecrets, {
  refuses: {
    "a token": manifest("Secret", { type: "kubernetes.io/service-account-token" }),
    "an account that names one": manifest("ServiceAccount", { secrets: [{ name: "token" }] }),
  },
  passes: { "another Secret": manifest("Secret", { type: "Opaque" }), "an account": manifest("ServiceAccount") },
});

const guard = { variables: [{ name: "DISABLE_GUARD", value: "true" }, { name: "NEVER" }] };
table(forbiddenVariables, {
  refuses: {
    "the value": { set: guard, of: withContainer({ env: [{ name: "DISABLE_GUARD", value: "true" }] }) },
    "the name": { set: guard, of: withContainer({ env: [{ name: "NEVER", value: "" }] }) },
  },
  passes: {
    "another value": { set: guard, of: withContainer({ env: [{ name: "DISABLE_GUARD", value: "false" }] }) },
    "any, where none was named": withContainer({ env: [{ name: "NEVER", value: "" }] }),
  },
});

const reading = withContainer({ env: [reference("secretKeyRef")] });
const secret = (data: object) => manifest("Secret", { data }, { name: "db" });
table(keysExist, {
  refuses: { "a key that is none": [reading, secret({ pasword: "eA==" })] },
  passes: {
    "a key": [reading, secret({ password: "eA==" })],
    "a Secret of another stack": reading,
    "what may be missing": [
      withContainer({ env: [{ name: "A", valueFrom: { secretKeyRef: { name: "db", key: "a", optional: true } } }] }),
      secret({}),
    ],
  },
});

table(noDuplicateVariables, {
  refuses: {
    "two of one name": withContainer({ env: [{ name: "A", value: "1" }, { name: "B" }, { name: "A", value: "2" }] }),
  },
  passes: { "one of each": withContainer({ env: [{ name: "A" }, { name: "a" }] }) },
});

const others: Record<string, string> = { "the password of all of them": "db/password" };
const around = {
  secretRecords: {
    sharedBy: (_: string, value: string) => (others[value] ? [{ environment: "staging", name: others[value] }] : []),
  },
};
const holding = (value: string) => manifest("Secret", { stringData: { password: value } });
const encoded = (value: string) => Buffer.from(value).toString("base64");
table(noSharedSecrets, {
  refuses: {
    "staging's password": { around, of: holding("the password of all of them") },
    "the same in base64": {
      around,
      of: manifest("Secret", { data: { pw: encoded("the password of all of them") } }),
    },
  },
  passes: {
    "one of its own": { around, of: holding("a password of its own") },
    "what is not on record": holding("the password of all of them"),
    "a ConfigMap": { around, of: manifest("ConfigMap", { data: { a: "the password of all of them" } }) },
  },
});

const own = { allowed: ["shop-*"] };
const mounting = (secretName: string) => withPod({ volumes: [{ name: "a", secret: { secretName } }] });
table(allowedSecrets, {
  refuses: {
    "another by a variable": { set: own, of: withContainer({ env: [reference("secretKeyRef")] }) },
    "all of another": { set: own, of: inCronJob(withContainer({ envFrom: [{ secretRef: { name: "db" } }] })) },
    "another by a volume": { set: own, of: mounting("db") },
    "another among what is projected": {
      set: own,
      of: withPod({ volumes: [{ name: "a", projected: { sources: [{ secret: { name: "db" } }] } }] }),
    },
  },
  passes: {
    "one that is allowed": { set: own, of: mounting("shop-db") },
    "a ConfigMap": { set: own, of: withContainer({ env: [reference("configMapKeyRef")] }) },
  },
});

const needed = { variables: [{ name: "MAIL_URL", workloads: ["web"] }] };
const given = (...env: object[]) => ({ set: needed, of: withContainer({ env }) });
table(requiredVariables, {
  refuses: {
    none: { set: needed, of: withContainer({}) },
    "an empty one": given({ name: "MAIL_URL", value: "" }),
    "one of spaces": given({ name: "MAIL_URL", value: "  " }),
    "a name without a value": given({ name: "MAIL_URL" }),
    "an empty one in a ConfigMap [MQ-59]": {
      set: needed,
      of: [
        withContainer({ envFrom: [{ configMapRef: { name: "settings" } }] }),
        manifest("ConfigMap", { data: { MAIL_URL: "" } }, { name: "settings" }),
      ],
    },
  },
  passes: {
    "a value": given({ name: "MAIL_URL", value: "smtp://mail" }),
    "what the pod knows of itself": given({ name: "MAIL_URL", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } }),
    "another workload": { set: { variables: [{ name: "MAIL_URL", workloads: ["mail-*"] }] }, of: withContainer({}) },
    "a container that needs none": {
      set: { variables: [{ name: "MAIL_URL", workloads: ["*"], containers: ["mailer"] }] },
      of: withContainer({}),
    },
    "any, where nobody says": withContainer({}),
  },
});
