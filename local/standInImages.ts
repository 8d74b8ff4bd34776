import type { System } from "./systems.ts";

const images = ["api", "postgres", "redis"];

/** Options with what a run fills in for its own registry, where no image is built or asked for. */
export function standInImages({ name: system }: System): string[] {
  const standIn = (name: string) => `registry.example/${name}@sha256:${"0".repeat(64)}`;
  return images.flatMap((name) => ["--set", `${system}:images.${name}=${standIn(name)}`]);
}
