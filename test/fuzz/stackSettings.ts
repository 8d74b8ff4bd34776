import type { Settings } from "../../stacks/avnir/settings.ts";
import { flag, leaf, list, object, whole } from "./kind.ts";
import { database, image } from "./words.ts";

const site = leaf(
  (random) => `https://${random.text("bcfghj", random.whole(1, 20))}.example`,
  (random) => random.pick(["", "no address", "//a", null, 1, {}, []]),
);
const origin = leaf(site.within, (random) => random.pick([null, 1, {}, []]));
const reference = leaf(image.within, (random) => random.pick(["", null, 5, {}, []]));

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
      { api: reference, postgres: reference, redis: reference, node: reference },
      ["api", "postgres", "redis"],
    ),
    registry: leaf(
      () => "registry.example",
      (random) => random.pick(["", "a b", {}, []]),
    ),
    nodePort: leaf(whole(1, 65535).within, (random) => random.pick([0, 65536, 1.5, "http", null, [], {}])),
  },
  ["url", "database", "featureFlags", "images"],
);
