import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../index.ts";

const require = createRequire(import.meta.url);
const { Analyzer } = require("@pulumi/pulumi/provider/experimental/analyzer.js");

interface Property {
  description?: string;
}

interface Analysis {
  components: Record<string, { inputs: Record<string, Property> }>;
  typeDefinitions: Record<string, { properties?: Record<string, Property> }>;
}

const names = Object.entries(palier)
  .filter(([, value]) => typeof value === "function" && value.prototype instanceof pulumi.ComponentResource)
  .map(([name]) => name)
  .sort();

describe("schema", () => {
  let analysis: Analysis;

  before(function () {
    this.timeout(60_000);
    analysis = new Analyzer(process.cwd(), "palier", { name: "palier" }, new Set(names)).analyze();
  });

  it("can be told to other languages: the SDK's analyzer takes every component", () => {
    assert.deepEqual(Object.keys(analysis.components).sort(), names);
  });

  it("describes every argument", () => {
    const groups = [
      ...Object.entries(analysis.components).map(([name, { inputs }]) => [name, inputs] as const),
      ...Object.entries(analysis.typeDefinitions).map(([name, { properties }]) => [name, properties ?? {}] as const),
    ];
    const silent = groups.flatMap(([name, fields]) =>
      Object.entries(fields).flatMap(([field, { description }]) => (description ? [] : [`${name}.${field}`])),
    );
    assert.deepEqual(silent, []);
  });
});
