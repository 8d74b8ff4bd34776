import * as pulumi from "@pulumi/pulumi";

/** Older ones know no hooks; before 3.238 one that throws afterwards counts for nothing, before this not every error is told. */
const needed = "3.245.0";

const asked = new WeakMap<object, Promise<void>>();

/**
 * Asks the engine once whether its CLI is new enough for what a release does by hooks. Rejects where it is not: no hook may act
 * then, and where no hook runs, as in a preview, the SDK ends the program with the message.
 */
export function neededCli(): Promise<void> {
  const engine = pulumi.runtime.getEngine();
  if (!engine) return Promise.resolve();
  const answer = asked.get(engine) ?? refuseOlder();
  asked.set(engine, answer);
  return answer;
}

async function refuseOlder(): Promise<void> {
  try {
    await pulumi.requirePulumiVersion(`>=${needed}`);
  } catch (error) {
    const { message } = error as Error;
    const version = /CLI version (\S+) does not satisfy/.exec(message)?.[1];
    const tooOld = version !== undefined || message.includes("does not support the `RequirePulumiVersion`");
    if (!tooOld) throw error;
    const is = version ?? "too old to tell its version";
    throw new pulumi.RunError(
      `a release needs the Pulumi CLI ${needed} or newer, and this one is ${is}: it does not tell of all that fails; update it, ` +
        "nothing was released",
    );
  }
}
