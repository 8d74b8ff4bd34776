/** Who may do a release in place of the update itself. */
export const engineNames = ["argoRollouts", "flagger"] as const;

export type EngineName = (typeof engineNames)[number];

/** As their own manuals call them, and as they are asked how a release goes. */
export const engines: Readonly<Record<EngineName, { title: string; asked: (app: string) => string }>> = {
  argoRollouts: { title: "Argo Rollouts", asked: (app) => `kubectl argo rollouts get rollout ${app}` },
  flagger: { title: "Flagger", asked: (app) => `kubectl describe canary ${app}` },
};

/** The Service of a canary alone: Argo Rollouts is given it, and Flagger makes one of this name by itself. */
export function canaryService(app: string): string {
  return `${app}-canary`;
}

/** The Service of a new set of pods before it has any traffic. */
export function previewService(app: string): string {
  return `${app}-preview`;
}

/** The Service of what is tried; undefined where pods are replaced a few at a time. */
export function besideService(app: string, { blueGreen, canary }: { blueGreen?: object; canary?: object }) {
  if (canary) return canaryService(app);
  return blueGreen && previewService(app);
}
