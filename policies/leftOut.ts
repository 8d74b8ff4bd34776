/** Checks of other tools that no rule stands for, by their row in the union of the field's checks, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  C07: "A signature is verified against the registry, when the image is pulled or admitted; rules make no requests.",
  C09: "Provenance and bills of materials are kept beside the image in its registry; rules make no requests.",
  C10: "The age and the size of an image are known to its registry only.",
  G12: "The Kubernetes provider marks all data of a Secret as secret, so that a literal there is not told from a secret.",
  I07: "The provider's preview asks the API server itself, which knows the schemas of its version and of custom resources.",
};

/** Demands of the five systems that nothing in a stack answers, and why. */
export const demandsLeftOut: Readonly<Record<string, string>> = {
  "R-54":
    "Which extensions a server has only the server knows: the Job that makes a link's role creates them, or fails before the app changes.",
};
