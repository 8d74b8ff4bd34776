import * as k8s from "@pulumi/kubernetes";
import * as random from "@pulumi/random";

const password = new random.RandomPassword("password", { length: 20 });
const base64 = password.result.apply((text) => Buffer.from(text).toString("base64"));
new k8s.core.v1.ConfigMap("settings", {
  metadata: { name: "settings" },
  data: { color: "green", password: password.result, header: base64.apply((text) => `Basic ${text}`) },
});
