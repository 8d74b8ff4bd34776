import type { Member } from "../environment/member.ts";

/** Annotation that the rule `secret-age` reads. */
export const rotatedAtAnnotation = "palier.dev/rotated-at";

/** A member whose objects say when the oldest of these rotations was, as far as they are named by days. */
export function withRotationDay(me: Member, rotations: readonly string[]): Member {
  const [oldest] = rotations.filter((rotation) => /^\d{4}-\d\d-\d\d$/.test(rotation)).sort();
  if (oldest === undefined) return me;
  const annotations = { [rotatedAtAnnotation]: oldest };
  return { ...me, metadata: (name) => ({ ...me.metadata(name), annotations }) };
}
