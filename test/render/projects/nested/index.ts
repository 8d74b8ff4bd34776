import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

const { user, password } = new pulumi.Config().requireObject<{ user: string; password: string }>("login");
new k8s.core.v1.ConfigMap("login", { metadata: { name: "login", namespace: "shop" }, data: { user, password } });
