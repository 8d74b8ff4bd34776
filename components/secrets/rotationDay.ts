import type { Member } from "../environment/member.ts";
import type { SecretSource } from "./args.ts";

/** Annotation that the rule `secret-age` reads. */
export const rotatedAtAnnotation = "palier.dev/rotated-at";

/** A member whose objects say when the oldest of these secrets was rotated, as far as their rotations are named by days. */
export function withRotationDay(me: Member, values: readonly { source: SecretSource }[]): Member {
  const days = values.flatMap(({ source: { generate, rotate = "" } }) =>
    generate !== undefined && /^\d{4}-\d\d-\d\d$/.test(rotate) ? [rotate] : [],
  );
  const [oldest] = days.sort();
  if (oldest === undefined) return me;
  const annotations = { [rotatedAtAnnotation]: oldest };
  return { ...me, metadata: (name) => ({ ...me.metadata(name), annotations }) };
}
