import { off } from "../levels.ts";

/** Of production, and nothing else: what comes before it is there to find out. */
export const inProduction = { ...off, production: "mandatory" } as const;

export const advisedInProduction = { ...off, production: "advisory" } as const;
