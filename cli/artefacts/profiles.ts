import type { Stage } from "../../core/stage.ts";
import type { Place } from "./place.ts";

/** The build profiles of Expo by what an environment means, which are its channels too. */
export const profileOf = { dev: "development", staging: "preview", production: "production" } as const;

export type ProfileName = (typeof profileOf)[keyof typeof profileOf];

/** The environments that a mobile app is built for, by its profiles. */
export function profilesIn(places: readonly Place[]): Map<ProfileName, Place> {
  const isBuiltFor = (stage: Stage | undefined): stage is keyof typeof profileOf =>
    stage !== undefined && stage in profileOf;
  return new Map(
    places.flatMap((place) => {
      const { stage } = place.rendered;
      return place.artefacts.expo && isBuiltFor(stage) ? [[profileOf[stage], place] as const] : [];
    }),
  );
}
