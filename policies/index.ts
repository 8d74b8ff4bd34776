import { PolicyPack } from "@pulumi/policy";
import { policiesFor } from "./adapter/policies.ts";
import { configuration } from "./configuration/index.ts";
import { images } from "./images/index.ts";
import { secrets } from "./secrets/index.ts";

new PolicyPack("palier", {
  description: "Rules for running a web system on Kubernetes, per environment.",
  enforcementLevel: "mandatory",
  policies: policiesFor([...configuration, ...secrets, ...images]),
});
