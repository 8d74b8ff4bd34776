/** Annotation that the rule `secret-age` reads. */
const rotatedAtAnnotation = "palier.dev/rotated-at";

/** Annotations that say when the oldest of these rotations was, as far as they are named by days. */
export function rotationDay(rotations: readonly string[]): Record<string, string> {
  const [oldest] = rotations.filter((rotation) => /^\d{4}-\d\d-\d\d$/.test(rotation)).sort();
  return oldest === undefined ? {} : { [rotatedAtAnnotation]: oldest };
}
