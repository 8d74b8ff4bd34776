import { type Kind, leaf } from "./kind.ts";

/** Letters that make no word for a credential, a switch or an environment. */
const letters = "bcfghjlmnqrvwxz";
const capitals = letters.toUpperCase();
const digits = "0123456789";
const anything = `${letters}${digits} éß漢字🙂"'\\\n\t/:;<>{}[]$()=,%\u202e\u0301`;

/** Nobody's secret: it must be seen nowhere but in the data of a Secret. */
export const canary = "zQ7hiddenCanary9";

const longText = (length: number) => "x".repeat(length);

/** A word whose first and last letters are of their own. */
function word(alphabet: string, longest: number, ends: string): Kind["within"] {
  return (random) => random.text(alphabet, random.length(1, longest), ends);
}

/** What becomes part of a DNS name. */
export function name(longest: number): Kind {
  const bad = ["", "Api", "a_b", "-a", "a-", "é", "a.b", "a b", "a\n", longText(longest + 1), longText(100_000)];
  return leaf(word(`${letters}${digits}-`, longest, letters), (random) => random.pick([...bad, null, 1, {}, ["a"]]));
}

export function processName(first: string): Kind {
  return leaf(
    (random) => first + random.text(letters, random.whole(1, 8)),
    (random) => random.pick(["", "Mail", "a_b", "-a", "é", "a\n", longText(39)]),
  );
}

export const objectName = leaf(word(`${letters}${digits}-`, 253, letters), (random) =>
  random.pick(["", "Api", "a_b", "-a", "a.", "é", "a b", "a\n", longText(254), null, 1, {}, ["a"]]),
);

export const labelKey = leaf(word(`${letters}${capitals}${digits}-_.`, 63, letters), (random) =>
  random.pick(["", "a b", "-a", "é", "a/b/c", "a\n", longText(64)]),
);

export const labelValue = leaf(word(`${letters}${capitals}${digits}-_.`, 63, letters), (random) =>
  random.pick(["a b", "-a", "é", "a\n", longText(64), null, 1, {}]),
);

export const host = leaf(word(`${letters}${digits}-.`, 253, letters), (random) =>
  random.pick(["", "a b", "a\n", longText(254), null, 1, {}]),
);

export const cidr = leaf(
  (random) =>
    random.pick(["10.0.0.0/8", "198.51.100.7/32", "2001:db8::/32", "::1/128", `203.0.${random.whole(0, 255)}.0/24`]),
  (random) =>
    random.pick([
      "",
      "0.0.0.0/0",
      "::/0",
      "1.2.3.4",
      "1.2.3.0/33",
      "1.2.3/24",
      "::/129",
      "fe80::1%a/64",
      "a/8",
      null,
      1,
    ]),
);

/** A name beyond the cluster, or an address. */
export const hostOutside = leaf(
  (random) => random.pick(["a.example", "203.0.113.7", "2001:db8::1", `${random.text(letters, 50)}.example`]),
  (random) =>
    random.pick(["", "a", "A.example", "a.svc", "a b.example", "https://a.example", "1.2.3", "a.b\n", null, 1]),
);

/** Where users find who they sign in with. */
export const issuer = leaf(
  (random) => random.pick(["https://a", "https://auth.shop.example", "https://auth.example:8443"]),
  (random) =>
    random.pick(["", "auth.example", "ftp://a", "https://", "https://a/b", "https://a b", "https://a\n", null, 1]),
);

/** Patterns of keys in Redis. */
export const redisKeys = leaf(
  (random) => random.pick(["*", "bull:*", "é", "{shop}:[a-z]?", longText(128)]),
  (random) => random.pick(["", "a b", "a\n", 'a"b', "a\\b", "a'b", longText(129), null, 1, {}]),
);

/** The variable of an environment, in capitals. */
export function capital(longest: number): Kind {
  return leaf(word(`${capitals}${digits}_`, longest, capitals), (random) =>
    random.pick(["", "lower", "1A", "A-B", "É", "A B", "A\n", "__proto__", longText(300)]),
  );
}

export function text(longest: number): Kind {
  return leaf(
    (random) =>
      random.chance(0.05)
        ? longText(longest)
        : random.text(anything, random.length(0, Math.min(longest, 100))).slice(0, longest),
    (random) => random.pick([longText(longest + 1), "a\0b", null, 1, true, {}, [], Number.NaN]),
  );
}

export const flagName = leaf(text(253).within, (random) => random.pick([longText(254), "a\0b"]));

export const path = leaf(
  (random) => `/${random.text(`${letters}${digits}-_/.?=%é漢`, random.length(0, 100))}`,
  (random) => random.pick(["", "live", "/a b", "/a\n", " /", "http://a/", longText(2000), null, 1, {}]),
);

export const file = leaf(
  (random) => random.pick(["/tmp/alive", "/a", `/${random.text(letters, 50)}/.x_1-y`]),
  (random) => random.pick(["", "/", "alive", "/a b", "/a/", "/$(id)", "/a;b", "/é", "/a\n", null, 1]),
);

export const folder = leaf(
  (random) => random.pick(["/tmp", "/data", "/var/cache/nginx", `/${random.text(letters, 50)}/.x_1-y`]),
  (random) => random.pick(["", "/", "tmp", "/a b", "/a/", "/a/../b", "/.", "/é", "/a\n", "/etc/palier/flags"]),
);

export const metric = leaf(
  (random) => random.pick(["queue_length", "a", `_${random.text(letters, 50)}-1.total`]),
  (random) => random.pick(["", "1a", "a b", "é", "a\n", longText(201), null, 1]),
);

export const schedule = leaf(
  (random) => random.pick(["0 3 * * *", "*/5 1-3,5 * jan-mar MON", "@daily", "0 0 31 12 6"]),
  (random) =>
    random.pick([
      "",
      "* * * *",
      "60 * * * *",
      "TZ=UTC 0 3 * * *",
      "@every 5m",
      "@noon",
      "5-1 * * * *",
      "0 3 * * 7",
      null,
    ]),
);

export const timeZone = leaf(
  (random) => random.pick(["Europe/Paris", "Etc/UTC", "America/Port_of_Spain", "Etc/GMT+5", "UTC"]),
  (random) => random.pick(["", "Paris", "europe/paris", "Europe/PARIS", "+01:00", "Local", "Mars/Olympus", null, 1]),
);

export const image = leaf(
  (random) => {
    const place = random.pick(["registry.example/", "127.0.0.1:5000/", "", "registry.example/team/"]);
    return `${place}${random.text(letters, random.whole(1, 30))}@sha256:${random.text("0123456789abcdef", 64)}`;
  },
  (random) => random.pick(["", "a b", "a\n", longText(600), null, 5, {}, []]),
);

export const cpu = leaf(
  (random) => random.pick(["1m", "1000", "1000000m", "0.001", "1.5", "250m", `${random.whole(1, 64000)}m`]),
  (random) => random.pick(["0", "0m", "0.0001", "1001", "-1", "1e3", "half", "", " 1", "1\n", "250M", null, 1, {}]),
);

export const memory = leaf(
  (random) => random.pick(["1Mi", "1024Ti", "1048576", "1.5Gi", "64M", "1024Ki", `${random.whole(1, 9000)}Mi`]),
  (random) =>
    random.pick(["0", "1", "1Ki", "1025Ti", longText(40), "-1Gi", "5Gb", "1e9", "256m", "", "Mi", "1 Gi", null, 1, []]),
);

export const dataKey = leaf(word(`${letters}${digits}-_.`, 253, letters), (random) =>
  random.pick(["", "a/b", "a b", "é", "..", "../a", longText(254), null, 1]),
);

/** What a secret store keeps a value under. */
export const storeKey = leaf(
  (random) => random.pick(["avnir/production/stripe", "a b", "é", longText(253)]),
  (random) => random.pick(["", "a\n", longText(3000), null, 1, {}]),
);

/** Never the name of the one that overlaps it. */
export const rotation = leaf(
  (random) => random.pick(["2026-11-01", "2", "a.b", "x".repeat(32)]),
  (random) => random.pick(["", "A", "-a", "a b", "a\n", longText(33), null, 1, {}]),
);

/** A session key of 512 bytes, sixteen bytes or more, and the tag. */
export const sealed = leaf(
  (random) => sealedOf(random.pick([16, 17, 40, random.whole(16, 4096)])),
  (random) => random.pick([null, 1, {}, [], "a\0b"]),
);

export function sealedOf(bytes: number): string {
  return Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(512 + bytes + 16, 7)]).toString("base64");
}

export const database = leaf(
  (random) => random.pick(["__proto__", "constructor", "_", word(`${letters}${digits}_`, 57, letters)(random)]),
  (random) => random.pick(["", "Shop", "1a", "a-b", "é", "pg_a", "template0", "template1", longText(58), "a\n", "a'b"]),
);

export const extension = leaf(
  (random) => random.pick(["postgis", "uuid-ossp", "pg_trgm", "_"]),
  (random) => random.pick(["", "a,b", "A", "a;b", longText(64), null, 1]),
);

/** A share that is neither nothing nor all. */
export const percent = leaf(
  (random) => random.pick([0.0001, 99.9999, 99.9, 50, random.whole(1, 99)]),
  (random) => random.pick([0, 100, -1, 100.1, Number.NaN, Number.POSITIVE_INFINITY, "99.9", null, {}]),
);

export const latency = leaf(
  (random) => random.pick(["1ms", "60s", "200ms", "1.5s", "0.001s", `${random.whole(1, 59)}s`]),
  (random) => random.pick(["", "2", "2 s", "0s", "0.5ms", "61s", "2m", "-1s", "1e3ms", "2s\n", 2, null, {}]),
);

export const metricsPath = leaf(
  (random) => random.pick(["/metrics", "/", `/${random.text(letters, 50)}/a-b_c.d`, '/a"b\\c{}']),
  (random) => random.pick(["", "metrics", "/a b", "/a?b", "/a#b", "/a\n", longText(2000), null, 1, {}]),
);

export const address = leaf(
  (random) => random.pick(["https://shop.example/health", "http://a", "https://a:1/b?c=d"]),
  (random) => random.pick(["", "shop.example", "ftp://a", "https://", "https://a b", "https://a\n", null, 1, {}]),
);

export const folderAddress = leaf(
  (random) => random.pick(["docs/runbooks", "https://wiki.example/runbooks", "ab"]),
  (random) => random.pick(["", "a/", "https://a b", "a\n", longText(2000), null, 1, {}]),
);

/** A host and its port. */
export const place = leaf(
  (random) => random.pick(["smtp.example.com:587", "blackbox-exporter.monitoring:9115", "127.0.0.1:1"]),
  (random) => random.pick(["", "smtp.example.com", "a:b", ":25", "a b:25", "https://a:25", "a:25\n", null, 1, {}]),
);

export const mailbox = leaf(
  (random) => random.pick(["team@shop.example", "a+b@c", `${random.text(letters, 40)}@shop.example`]),
  (random) => random.pick(["", "a b", "a\n", " ", "a @b", longText(400), null, 1, {}]),
);

export const channel = leaf(
  (random) => random.pick(["#shop-alerts", "shop", "@somebody", `#${random.text(letters, 70)}`]),
  (random) => random.pick(["", "#", "a b", "#a#b", "{{ .A }}", "#a\n", longText(99), null, 1, {}]),
);

export function oneOf(allowed: readonly string[]): Kind {
  return leaf(
    (random) => random.pick(allowed),
    (random) => random.pick(["", "qa", "constructor", "__proto__", longText(1000), null, 1, [], {}]),
  );
}

export const bucket = leaf(
  (random) => `b${random.text(`${letters}${digits}-.`, random.length(1, 61))}b`,
  (random) => random.pick(["", "ab", "Shop", "a_b", "-ab", "a/b", "a b", longText(64), null, 1, {}]),
);

export const region = leaf(
  (random) => random.pick(["fr-par", "eu-west-3", "auto", "1"]),
  (random) => random.pick(["", "FR", "fr_par", "-a", "a b", longText(64), null, 1]),
);

export const prefix = leaf(
  (random) => random.pick(["a", "a/b", "A-_.9/b", longText(200)]),
  (random) => random.pick(["", "/a", "a/", "a//b", "a b", "é", longText(201), null, 1]),
);

/** A public key of age's. */
export const recipient = leaf(
  (random) => `age1${random.text("023456789acdefghjklmnpqrstuvwxyz", 58)}`,
  (random) => random.pick(["", "age1", `age1${"b".repeat(58)}`, `AGE-SECRET-KEY-1${canary}`, "ssh-rsa a", null, 1, {}]),
);

export const moment = leaf(
  (random) => random.pick(["latest", "2026-11-20T02:00:00Z", "1999-01-01T00:00:00Z"]),
  (random) =>
    random.pick(["", "yesterday", "2026-11-20", "2026-13-01T00:00:00Z", "2026-11-20T02:00:00+01:00", null, 1]),
);
