import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { advisedFromStagingOn, fromStagingOn } from "../levels.ts";
import type { Field } from "../reading/field.ts";
import type { Finding } from "../rule.ts";
import { containerRule } from "./podRule.ts";
import { own } from "./securityContext.ts";

/** What the baseline Pod Security Standard lets a container add. */
const baseline =
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT";

const names = (text: string) => z.array(z.string()).default(text.split(" "));
/** An entry with the prefix `CAP_`, which container runtimes do not know, means only what is written so. */
const may = (given: readonly string[], { text = "" }: Field) =>
  given.some((one) => [text.trim().toUpperCase(), bare(text)].includes(one.toUpperCase()));

const bare = (capability = "") => capability.trim().toUpperCase().replace(/^CAP_/, "");

export const addedCapabilities = containerRule(
  {
    id: "no-added-capabilities",
    description: "Containers add only the capabilities that the baseline standard allows.",
    why: "SYS_ADMIN alone is enough to mount the node's disk, and NET_ADMIN to lead its traffic elsewhere.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-40"],
    rows: ["A08", "A09"],
    frameworks: ["PSS baseline", "CIS 5.2.9", "NSA"],
    parameters: z.strictObject({ allowed: names(baseline).describe("capabilities that may be added") }),
  },
  (container, _pod, { allowed }) =>
    own(container, "capabilities", "add")
      .items()
      .flatMap((field) =>
        judge(field, () => (may(allowed, field) ? [] : [tooMuch(field, container.name, "")]), container.name),
      ),
);

export const droppedCapabilities = containerRule(
  {
    id: "drop-all-capabilities",
    description: "Containers drop all capabilities, and add NET_BIND_SERVICE at most.",
    why: "A container has fourteen capabilities by default: to change owners, become another user, forge packets; it needs none.",
    severity: "medium",
    levels: advisedFromStagingOn,
    demands: ["R-40"],
    rows: ["B01"],
    frameworks: ["PSS restricted", "CIS 5.2.10"],
    parameters: z.strictObject({
      required: names("ALL").describe("capabilities of which all must be dropped, one by one or by ALL"),
      allowed: names("NET_BIND_SERVICE").describe("capabilities that may be added again"),
    }),
  },
  (container, { partial, windows }, { required, allowed }) => {
    if (windows) return [];
    const drop = own(container, "capabilities", "drop");
    const added = own(container, "capabilities", "add").items();
    return [
      ...required.flatMap((one) => dropped(drop, [one, "ALL"], partial, container.name)),
      ...added.flatMap((field) =>
        judge(
          field,
          () => (may(allowed, field) ? [] : [tooMuch(field, container.name, ` but ${allowed.join(", ")}`)]),
          container.name,
        ),
      ),
    ];
  },
);

export const droppedNetRaw = containerRule(
  {
    id: "drop-net-raw",
    description: "Containers drop NET_RAW, by which they could forge packets.",
    why: "Who takes the program over answers for its neighbours on the network, and reads what is sent to them.",
    severity: "medium",
    levels: advisedFromStagingOn,
    demands: ["R-40"],
    rows: ["B02"],
    frameworks: ["CIS 5.2.8"],
  },
  (container, { partial, windows }) =>
    windows ? [] : dropped(own(container, "capabilities", "drop"), ["NET_RAW", "ALL"], partial, container.name),
);

function dropped(drop: Field, one: string[], partial: boolean, container?: string): Finding[] {
  const items = drop.items();
  if (items.some((item) => one.map(bare).includes(bare(item.text)))) return [];
  const open = items.find((item) => item.unknown);
  if (open) return judge(open, () => [], container);
  if (partial && drop.absent) return [];
  return [
    finding(drop, { problem: `does not name ${[...new Set(one)].join(" or ")}`, fix: 'write ["ALL"]' }, container),
  ];
}

function tooMuch(field: Field, container: string | undefined, but: string): Finding {
  return finding(field, { problem: "adds a capability", fix: `add none${but}`, value: field.text }, container);
}
