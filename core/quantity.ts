const binary = { Ki: 2n ** 10n, Mi: 2n ** 20n, Gi: 2n ** 30n, Ti: 2n ** 40n } as const;
const decimal = { k: 1000n, M: 1000n ** 2n, G: 1000n ** 3n, T: 1000n ** 4n } as const;

/** Bytes of a Kubernetes memory or storage quantity such as `512Mi`, `1G` or `1048576`; undefined if it is none. */
export function bytes(quantity: string): number | undefined {
  const match = /^([0-9]+(?:\.[0-9]+)?)(Ki|Mi|Gi|Ti|k|M|G|T)?$/.exec(quantity);
  if (!match) return undefined;
  const unit = match[2] ? { ...binary, ...decimal }[match[2] as keyof typeof binary] : 1n;
  return Number(match[1]) * Number(unit);
}

/** Cores of a Kubernetes CPU quantity such as `250m` or `1.5`; undefined if it is none. */
export function cores(quantity: string): number | undefined {
  const match = /^([0-9]+(?:\.[0-9]+)?)(m)?$/.exec(quantity);
  return match ? Number(match[1]) / (match[2] ? 1000 : 1) : undefined;
}

const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that any Kubernetes quantity means, in its unit: `250m`, `1.5Gi`, `1e3`; undefined if it is none. */
export function amount(quantity: string): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(quantity);
  if (match === null) return undefined;
  return match[2] !== undefined ? Number(match[1] + match[2]) : Number(match[1]) * (suffixes[match[3] ?? ""] ?? 1);
}
