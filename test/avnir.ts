import type { Declared } from "./declared.ts";
import { type Config, configuredOf, imagesOf, system, trackedConfigOf } from "./systems.ts";

/** References as a release record holds them. */
export const images = imagesOf("avnir");

/** The configuration of one environment of AVNIR, from its tracked stack file. */
export const trackedConfig = (stack: string) => trackedConfigOf("avnir", stack);

/** The same with images, and with these changes, as Pulumi hands it to a program. */
export const configOf = (stack: string, changes: Config = {}) => configuredOf("avnir", stack, changes);

/** What AVNIR declares in one environment. */
export const avnir = (stack: string, changes: Config = {}): Promise<Declared[]> => system("avnir", stack, changes);
