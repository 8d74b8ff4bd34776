import type { System } from "./systems.ts";

const images = ["node", "postgres", "redis"];

/** Options with what a run fills in for its own registry, where no image is built or asked for. */
export function standInImages({ name: system }: System): string[] {
  const standIn = (name: string) => `${system}:images.${name}=registry.example/${name}@sha256:${"0".repeat(64)}`;
  return [`${system}:registry=registry.example`, ...images.map(standIn)].flatMap((setting) => ["--set", setting]);
}
