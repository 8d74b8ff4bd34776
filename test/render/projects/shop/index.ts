import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const config = new pulumi.Config();
const metadata = { namespace: "shop" };
const labels = { app: "web" };
const password = new random.RandomPassword("password", { length: 20 });

class Web extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Web", name);
    const child = { parent: this };
    const settings = new k8s.core.v1.ConfigMap(
      `${name}-settings`,
      { metadata, data: { greeting: config.require("greeting"), ...config.requireObject<object>("settings") } },
      child,
    );
    new k8s.core.v1.Secret(
      `${name}-keys`,
      {
        metadata,
        stringData: {
          token: config.requireSecret("TOKEN"),
          key: config.requireSecret("KEY"),
          url: pulumi.interpolate`postgres://web:${password.result}@db/web`,
        },
      },
      child,
    );
    const container = { name: "web", image: "web:1", envFrom: [{ configMapRef: { name: settings.metadata.name } }] };
    new k8s.apps.v1.Deployment(
      name,
      {
        metadata: { ...metadata, name },
        spec: {
          replicas: 3,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [container] } },
        },
      },
      { ...child, ignoreChanges: ["spec.replicas"], protect: true },
    );
    this.registerOutputs();
  }
}

new k8s.core.v1.Namespace("shop", { metadata: { name: "shop" } });
new Web("web");
if (config.getBoolean("scaled")) {
  new k8s.autoscaling.v2.HorizontalPodAutoscaler("scaler", {
    metadata,
    spec: { maxReplicas: 5, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" } },
  });
}
console.log("what the program prints is not what is rendered");
