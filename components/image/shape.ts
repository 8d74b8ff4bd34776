import { platformForm, repositoryForm } from "../../core/imageForms.ts";
import { nameOfCredential } from "../../core/rules/secrets/credentialName.ts";
import { ArgumentError, below, wrong } from "../argument.ts";
import { type Check, pattern, text } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { image } from "../names.ts";
import { all, map, only, optional } from "../shape.ts";
import type { ImageArgs } from "./args.ts";

const repository = pattern(
  new RegExp(`^(?=.{1,255}$)${repositoryForm}$`),
  "a registry and a name in lower case, without tag, such as registry.example/shop/api",
);

const inContext = pattern(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[\x21-\x7e]{1,500}$/, "a path below the context");

const argumentName: Check = (path, value) => {
  pattern(/^[A-Za-z_]\w{0,127}$/, "letters, digits and underscores, not a digit first")(path, value);
  if (nameOfCredential(value as string) !== "credential") return;
  const reason =
    "is the name of a secret, and what a build is given so stays in the image; build it with palier image build --secret";
  throw new ArgumentError(path, reason);
};

const oneSource: Check = (path, value) => {
  const { reference, context, repository: pushed } = value as ImageArgs;
  if ((reference === undefined) === (context === undefined)) {
    throw wrong(path, reference === undefined ? undefined : "reference and context", "one of reference and context");
  }
  if (context !== undefined && pushed === undefined) throw wrong(below(path, "repository"), undefined, "where it goes");
};

export const imageShape = all(
  only<ImageArgs>({
    environment: environmentRef,
    reference: optional(image),
    context: optional(text(1000)),
    repository: optional(repository),
    dockerfile: optional(inContext),
    target: optional(pattern(/^[a-z][-a-z0-9._]{0,127}$/i, "a stage's name")),
    platform: optional(pattern(platformForm, "linux/amd64, linux/arm64 and the like")),
    arguments: optional(map(argumentName, text(10_000))),
  }),
  oneSource,
);
