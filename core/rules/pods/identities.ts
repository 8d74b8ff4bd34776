import { z } from "zod";
import { finding } from "../finding.ts";
import { judge, refuseAbsent } from "../judge.ts";
import { off } from "../levels.ts";
import { ranges, within } from "../parameters.ts";
import type { Field } from "../reading/field.ts";
import type { Finding } from "../rule.ts";
import { type Pod, podRule } from "./podRule.ts";
import { effective, own } from "./securityContext.ts";

const most = 2_147_483_647;
const identity = (required: boolean, min: number) =>
  z
    .strictObject({
      required: z.boolean().default(required).describe("whether it must be said"),
      ranges: ranges.default([{ min, max: most }]).describe("numbers that are allowed"),
    })
    .prefault({});

export const userIds = podRule(
  {
    id: "user-ids",
    description: "Every container runs as a user of its own, above those that the node gives to people.",
    why: "Who gets out of the container is a user that the node knows, with that user's files.",
    severity: "low",
    levels: off,
    rows: ["B06"],
    parameters: z.strictObject({ runAsUser: identity(true, 10_000) }),
  },
  (pod, { runAsUser }) => inContainers(pod, "runAsUser", runAsUser),
);

export const groupIds = podRule(
  {
    id: "group-ids",
    description: "Every container says a group that is not root's, and no volume or process is of root's group.",
    why: "Files that root's group may change, in the image and in volumes, are the program's to change.",
    severity: "low",
    levels: off,
    rows: ["B07"],
    parameters: z.strictObject({
      runAsGroup: identity(true, 1),
      fsGroup: identity(false, 1),
      supplementalGroups: identity(false, 1),
    }),
  },
  (pod, { runAsGroup, fsGroup, supplementalGroups }) => {
    const context = pod.spec.at("securityContext");
    const groups = context.at("supplementalGroups");
    const listed = groups.absent ? [groups] : groups.items();
    return [
      ...inContainers(pod, "runAsGroup", runAsGroup),
      ...judged(context.at("fsGroup"), fsGroup, pod),
      ...listed.flatMap((group) => judged(group, supplementalGroups, pod)),
    ];
  },
);

type Identity = z.infer<ReturnType<typeof identity>>;

function inContainers(pod: Pod, key: string, wanted: Identity): Finding[] {
  const context = pod.spec.at("securityContext", key);
  const overridden = pod.containers.length > 0 && pod.containers.every((container) => states(own(container, key)));
  const shared = context.absent || overridden ? [] : judged(context, wanted, pod);
  const stated = pod.containers.flatMap((container) => {
    const field = effective(container, pod, key);
    return field.path === context.path && !context.absent ? [] : judged(field, wanted, pod, container.name);
  });
  return [...shared, ...stated];
}

const states = (field: Field) => !field.absent && !field.open;

function judged(
  field: Field,
  { required, ranges: allowed }: Identity,
  { partial }: Pod,
  container?: string,
): Finding[] {
  const fix = `write a number of ${allowed.map(({ min, max }) => `${min} to ${max}`).join(", ")}`;
  if (field.absent || field.open) {
    return required && !partial ? refuseAbsent(field, { problem: "is not set", fix }, container) : [];
  }
  const words = { problem: "is not an allowed number", fix, value: field.text };
  return judge(field, () => (within(field.text, allowed) ? [] : [finding(field, words, container)]), container);
}
