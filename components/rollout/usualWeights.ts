/** Shares of a canary that says nothing of its own, in percent. */
export const usualWeights = [10, 50, 100];
