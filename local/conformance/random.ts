import type { Entry } from "./entry.ts";

const docs = (resource: string) => `https://www.pulumi.com/registry/packages/random/api-docs/${resource}/`;
const notHere = "is not in Palier's stand-in for the random plugin";

export const random: readonly Entry[] = [
  {
    behaviour: "RandomPassword, RandomString: length, minimums of each class, `overrideSpecial`",
    source: docs("randompassword"),
    test: "local/random: makes a password of the asked length and classes, and keeps it and its hash secret",
  },
  {
    behaviour: "RandomPassword: `result` and `bcryptHash` are secrets, its id is `none`",
    source: "https://github.com/pulumi/pulumi-random/pull/39",
    test: "local/random: makes a password of the asked length and classes, and keeps it and its hash secret",
  },
  {
    behaviour: "`upper`, `lower`, `numeric` (once `number`), `special` switch classes off",
    source: docs("randomstring"),
    test: "local/random: uses only the classes that are on",
  },
  {
    behaviour: "Impossible inputs are refused: a length below the minimums, no class, `min` above `max`",
    source: docs("randompassword"),
    test: "local/random: refuses what can't be made, and waits for what isn't known",
  },
  {
    behaviour: "`keepers` and every other real change replace; a default said aloud does not",
    source: "https://www.pulumi.com/registry/packages/random/",
    test: "local/random: replaces for every real change, and for none that only says a default",
  },
  {
    behaviour: "In preview the value is unknown, and a secret one is secret already",
    source: "https://www.pulumi.com/registry/packages/random/",
    test: "local/random: knows nothing generated in preview, and keeps a secret input secret",
  },
  {
    behaviour: "RandomId: `b64Std`, `b64Url`, `hex`, `dec`, each with its `prefix`",
    source: docs("randomid"),
    test: "local/random: shows one id in all its spellings",
  },
  {
    behaviour: "RandomBytes, RandomInteger, RandomShuffle, RandomUuid, RandomUuid4, RandomUuid7",
    source: docs("randominteger"),
    test: "local/random: makes bytes, integers, shuffles and both kinds of UUID",
  },
  {
    behaviour: "Import: a password or string as it is, `PREFIX,BASE64URL`, `RESULT,MIN,MAX`, base64, a UUID",
    source: "https://github.com/pulumi/pulumi-random/issues/160",
    test: "local/random: leaves the state alone on refresh, and imports a value that exists",
  },
  {
    behaviour: "RandomInteger: a `seed`",
    source: docs("randominteger"),
    refused: `seed (values from a seed) ${notHere}`,
  },
  {
    behaviour: "RandomShuffle: a `seed`",
    source: docs("randomshuffle"),
    refused: `seed (values from a seed) ${notHere}`,
  },
  {
    behaviour: "RandomInteger: import of a seeded one, `RESULT,MIN,MAX,SEED`",
    source: "https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/integer#import",
    refused: "a fourth part, the seed, is not in Palier's stand-in",
  },
  {
    behaviour: "RandomPet",
    source: docs("randompet"),
    refused: `random:index/randomPet:RandomPet ${notHere}`,
    names: ["random:index/randomPet:RandomPet"],
  },
  {
    behaviour: "An argument that a later version may bring",
    source: docs("randomuuid"),
    refused: `laterOption ${notHere}`,
  },
  {
    behaviour: "A key of the configuration: the plugin has none",
    source: docs("provider"),
    refused: `laterOption ${notHere}`,
  },
  {
    behaviour: "The provider's `terraformConfig`",
    source: docs("provider"),
    refused: `the method pulumi:providers:random/terraformConfig ${notHere}`,
    names: ["pulumi:providers:random/terraformConfig"],
  },
];
