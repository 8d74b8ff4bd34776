import { CORE_SCHEMA, Type } from "js-yaml";
import type { DocumentOptions, ParseOptions, ScalarTag, SchemaOptions } from "yaml";

const yes = /^(y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const either = /^(y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON|n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const tag = "tag:yaml.org,2002:bool";

const words: ScalarTag = { tag, default: true, test: either, resolve: (text) => yes.test(text) };

/** How kubectl reads YAML: `yes` and `on` mean true, `<<` merges, and all else is as today's YAML has it. */
export const asKubectl: ParseOptions & DocumentOptions & SchemaOptions = {
  merge: true,
  customTags: (tags) => [words, ...tags],
};

/** The same for the quick parser, which does not know `<<`. */
export const quickSchema = CORE_SCHEMA.extend({
  implicit: [
    new Type(tag, {
      kind: "scalar",
      resolve: (text: unknown) => typeof text === "string" && either.test(text),
      construct: (text: string) => yes.test(text),
    }),
  ],
});
