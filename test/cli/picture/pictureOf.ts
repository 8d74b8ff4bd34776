import { join } from "node:path";
import { picture } from "../../../cli/picture/picture.ts";
import { imagesOf, type SystemName, systems } from "../../systems.ts";
import { printed } from "../printed.ts";

/** The page of one of the five systems, with more of its configuration. */
export function pictureOf(system: SystemName, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const images = Object.entries(imagesOf(system)).map(([name, image]) => [`images.${name}`, image]);
  const settings = [...images, ...Object.entries(more)].map(([key, value]) => `${system}:${key}=${value}`);
  const project = join(import.meta.dirname, "../../..", systems[system]);
  return printed(() => picture(["--project", project, ...settings.flatMap((one) => ["--set", one])]));
}
