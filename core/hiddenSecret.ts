/** What stands where a secret was, in all that Palier prints. */
export const hiddenSecret = "(secret)";
