import { packageVersion } from "../plugins/version.ts";
import { docker } from "./docker.ts";
import type { Conformance } from "./entry.ts";
import { host } from "./host.ts";
import { kubernetesConfiguration } from "./kubernetes-configuration.ts";
import { kubernetesResources } from "./kubernetes-resources.ts";
import { kubernetesWaits } from "./kubernetes-waits.ts";
import { random } from "./random.ts";
import { tls } from "./tls.ts";

const of = (name: string): string => `${name} ${packageVersion(name)}`;

/** What the stand-ins were held to, by the name of each. */
export const list: Readonly<Record<string, Conformance>> = {
  kubernetes: {
    of: of("@pulumi/kubernetes"),
    entries: [...kubernetesConfiguration, ...kubernetesResources, ...kubernetesWaits],
  },
  random: { of: of("@pulumi/random"), entries: random },
  tls: { of: of("@pulumi/tls"), entries: tls },
  docker: { of: of("@pulumi/docker"), entries: docker },
  host: { of: of("@pulumi/pulumi"), entries: host },
};
