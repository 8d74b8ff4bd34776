import type * as pulumi from "@pulumi/pulumi";
import type { CheckedEdge } from "../edge/checkEdge.ts";
import type { Annotations } from "../edge/objects.ts";
import type { Member } from "../environment/member.ts";
import type { Given } from "../workload/given.ts";
import type { AppArgs } from "./args.ts";
import type { AppOverrides } from "./overrides.ts";
import type { AppSettings } from "./settings.ts";
import type { Slot } from "./slot.ts";

/** What a release is made of. */
export interface Parts {
  /** The app as all its releases see it. */
  me: Member;
  args: AppArgs;
  given: Given;
  own: AppSettings;
  slot: Slot;
  edge?: CheckedEdge;
  /** Of its Service. */
  annotations?: Annotations;
  overrides: AppOverrides;
  /** Declares what leads to it from the world, once these are there. */
  leads: (dependsOn: pulumi.Resource[]) => pulumi.Resource[];
}
