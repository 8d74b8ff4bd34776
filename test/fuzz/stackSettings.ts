import type { Settings } from "../../stacks/avnir/settings.ts";
import { flag, type Kind, leaf, list, object, whole } from "./kind.ts";
import type { Random } from "./random.ts";
import { bucket, database, image, prefix, recipient, region } from "./words.ts";

const site = leaf(
  (random) => `https://${random.text("bcfghj", random.whole(1, 20))}.example`,
  (random) => random.pick(["", "no address", "//a", null, 1, {}, []]),
);
const origin = leaf(site.within, (random) => random.pick([null, 1, {}, []]));
const reference = leaf(image.within, (random) => random.pick(["", null, 5, {}, []]));

const empty = (random: Random) => random.pick(["", null, [], {}]);
const place = object<NonNullable<Settings["backup"]>>(
  "backup",
  {
    host: leaf(() => "s3.backups.example", empty),
    region: leaf(region.within, empty),
    bucket: leaf(bucket.within, empty),
    prefix: leaf(prefix.within, empty),
    recipients: leaf(
      (random) => [recipient.within(random)],
      (random) => random.pick(["", null, {}]),
    ),
  },
  ["host", "region", "bucket"],
);
/** With somebody to encrypt for, whom no tracked stack file names. */
const backup: Kind = {
  ...place,
  within: (random) => ({ recipients: [recipient.within(random)], ...(place.within(random) as object) }),
};

/** What AVNIR's stack files hold. */
export const settings = object<Settings>(
  "Settings",
  {
    url: site,
    database: leaf(database.within, (random) => random.pick(["", "Shop", "1a", "a-b", "é", "x".repeat(58), "a'b"])),
    cors: list(origin, 1, 3),
    featureFlags: object<Settings["featureFlags"]>(
      "featureFlags",
      { newPaymentFlow: flag, enhancedAuth: flag, betaDashboard: flag },
      ["newPaymentFlow", "enhancedAuth", "betaDashboard"],
    ),
    images: object<Settings["images"]>(
      "images",
      { api: reference, postgres: reference, redis: reference, node: reference, backup: reference },
      ["api", "postgres", "redis"],
    ),
    backup,
    registry: leaf(
      () => "registry.example",
      (random) => random.pick(["", "a b", {}, []]),
    ),
    nodePort: leaf(whole(1, 65535).within, (random) => random.pick([0, 65536, 1.5, "http", null, [], {}])),
  },
  ["url", "database", "featureFlags", "images"],
);
