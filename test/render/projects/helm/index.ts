import * as k8s from "@pulumi/kubernetes";

new k8s.helm.v4.Chart("traefik", { chart: "traefik" });
