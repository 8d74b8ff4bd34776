import { join } from "node:path";
import { changeRecord } from "../../core/records/changeRecord.ts";
import type { Ground } from "../ground.ts";

/** Writes down what this machine has seen of an image: healthy in staging, gone to production. Nobody has tested it here. */
export async function record(
  { clone, project }: Ground,
  environment: "staging" | "production",
  reference: string,
): Promise<void> {
  const [image = "", digest = ""] = reference.split("@");
  const fact = { at: new Date().toISOString(), run: "npm start" };
  const place = { folder: join(clone.home, "records"), system: project.system.name, image, digest };
  await changeRecord(place, (before) =>
    environment === "staging"
      ? { ...before, verified: { ...before.verified, staging: fact } }
      : { ...before, released: [...before.released, { environment, ...fact }] },
  );
}
