import { ArgumentError, below } from "../argument.ts";
import { saved } from "../backup/shape.ts";
import { type Check, pattern, whole } from "../check.ts";
import { edgeShape } from "../edge/shape.ts";
import { environmentRef } from "../environment/shape.ts";
import type { Link } from "../link.ts";
import { link } from "../linkShape.ts";
import { image } from "../names.ts";
import { resources } from "../resources.ts";
import { secretValues } from "../secrets/shape.ts";
import { all, input, only, optional } from "../shape.ts";
import { scaleShape } from "../workload/scaleShape.ts";
import type { IdentityArgs, IdentityExportArgs } from "./args.ts";
import { realms } from "./realm.ts";
import { own } from "./settings.ts";

const ofPostgres: Check = (path, value) => {
  const { postgres, name, role } = value as Link;
  if (!postgres) throw new ArgumentError(path, `leads to ${name}, which is no Postgres; give a database of its own`);
  if (role === undefined || role === "readWrite") return;
  throw new ArgumentError(below(path, "role"), `${JSON.stringify(role)} can't own its tables; leave it out`);
};

/** Its own are not for a realm to change. */
const apart: Check = (path, value) => {
  const taken = Object.keys((value as IdentityArgs).secrets ?? {}).find((name) => name.startsWith("KC_"));
  if (taken === undefined) return;
  throw new ArgumentError(
    `${path}: secrets.${taken}`,
    `begins with KC_, as Keycloak's own do (${own.password}); rename it`,
  );
};

export const identityShape = all(
  only<IdentityArgs>({
    environment: environmentRef,
    image: input(image),
    database: all(link, ofPostgres),
    url: pattern(
      /^https?:\/\/[a-z0-9][-.a-z0-9]{0,252}(:\d{1,5})?$/,
      "an address such as https://auth.example.com, without a path",
    ),
    realms: optional(realms),
    secrets: optional(secretValues),
    export: optional(only<IdentityExportArgs>(saved)),
    scale: optional(scaleShape),
    resources,
    edge: optional(edgeShape),
    nodePort: optional(whole(1, 65535)),
  }),
  apart,
);
