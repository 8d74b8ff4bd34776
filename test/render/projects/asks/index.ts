import * as k8s from "@pulumi/kubernetes";

k8s.core.v1.Service.get("there", "default/there");
