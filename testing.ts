/**
 * `palier/testing`: tests for what a Pulumi program declares, in any test runner, with no cluster, engine or state.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { reaches, refusals, render, survivesDrain } from "palier/testing";
 *
 * const staging = await render({ stack: "staging" });
 * assert.deepEqual(refusals(staging), []);
 * assert.deepEqual(staging.secretsInClear(), []);
 * assert.ok(reaches(staging, "api", "db", 5432));
 * assert.ok(survivesDrain(staging, "api"));
 * ```
 */
export type { Component, Declared, Value } from "./render/declared.ts";
export type { Manifest } from "./render/manifest.ts";
export { type Given, RenderError } from "./render/project.ts";
export { type RenderOptions, render } from "./render/render.ts";
export type { Rendered } from "./render/rendered.ts";
export { reaches } from "./testing/reaches.ts";
export { refusals } from "./testing/refusals.ts";
export { survivesDrain } from "./testing/survivesDrain.ts";
