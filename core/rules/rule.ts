import type { z } from "zod";
import type { Profile } from "../profile.ts";
import type { SecretRecords } from "../records/secretRecords.ts";
import type { Stage } from "../stage.ts";
import type { Shapes } from "./parity/shape.ts";
import type { undecided } from "./reading/field.ts";
import type { Inventory } from "./reading/inventory.ts";
import type { KubernetesObject } from "./reading/kubernetesObject.ts";

export type Severity = "low" | "medium" | "high" | "critical";

/** How much a rule counts in an environment, unless somebody configures it otherwise. */
export type Level = "mandatory" | "advisory" | "off";

/** One object, and where it is about to run. */
export interface Subject {
  readonly object: KubernetesObject;
  readonly stage: Stage;
  /** The review environment's own name: `pr-12`. */
  readonly review?: string;
  /** What the environment means to the system. @default its profile as it is */
  readonly profile?: Profile;
  /** Fields that the program leaves to somebody else (`ignoreChanges`); undefined where there is no program. */
  readonly ignoreChanges?: readonly string[] | typeof undecided;
  /** Whether the program forbids its removal (`protect`); undefined where there is no program. */
  readonly protect?: boolean;
  /** The kube context that the stack's configuration names. */
  readonly context?: string;
  /** The images that the stack's configuration names, by key; undefined where there is no stack. */
  readonly images?: Readonly<Record<string, string>>;
  /** The secrets of other environments, by what is on record of them; undefined where there are no records. */
  readonly secretRecords?: Pick<SecretRecords, "sharedBy">;
  /** What runs in this environment and the one before it, by what is on record; undefined where there is no stack. */
  readonly shapes?: Shapes;
  /** @default the machine's clock */
  readonly now?: Date;
  /** What was seen of the stack before. */
  readonly inventory: Inventory;
}

export interface Finding {
  /** `undecided`: the value is not known yet, `pulumi up` decides before it creates the object. */
  readonly level: "mandatory" | "advisory" | "undecided";
  readonly field: string;
  readonly container?: string;
  /** The offending part of the value. Left out when it is, or might be, a secret. */
  readonly value?: string;
  readonly problem: string;
  /** What to write instead. Empty for what is undecided. */
  readonly fix: string;
}

export interface Rule<About = Subject> {
  /** The name people configure it by. */
  readonly id: string;
  readonly description: string;
  readonly severity: Severity;
  readonly levels: Readonly<Record<Stage, Level>>;
  /** What goes wrong without it, in a sentence. */
  readonly why: string;
  /** The demands that it answers, by their number among those of the five systems: `R-09`. See {@link demands}. */
  readonly demands?: readonly string[];
  /** Checks of other tools that it stands for, by their row in the union of the field's checks: `A01`. */
  readonly rows?: readonly string[];
  /** Standards that ask for it: `PSS baseline`, `CIS 5.2.2`, `NSA`. */
  readonly frameworks?: readonly string[];
  /** The kinds that it is about; all kinds of the Kubernetes API where left out. */
  readonly kinds?: readonly string[];
  /** It looks at other objects too, and judges when all of them are known. */
  readonly relation?: boolean;
  /** Nobody may be exempted from it. @default false */
  readonly binding?: boolean;
  /** What people can set of it, each with its default. */
  readonly parameters?: z.ZodObject;
  /** @param given What was set, as `parameters` has checked it; the defaults where left out. */
  check(subject: About, given?: Given): Finding[];
}

/** A rule, whatever it judges: what can be said and set of it. */
export type AnyRule = Rule<never>;

export type Given = Readonly<Record<string, unknown>>;

export type About<Parameters extends z.ZodObject = z.ZodObject> = Omit<Rule, "check" | "parameters"> & {
  readonly parameters?: Parameters;
};
