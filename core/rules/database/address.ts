/** Where a program finds a database, a cache or a bucket, in a URL or a connection string. */
export interface Address {
  /** `postgresql`, `redis`, `s3`; a driver's name left out. */
  readonly scheme: string;
  /** Without the port; empty for a socket. */
  readonly host: string;
  /** The database's name, or the path in a bucket. */
  readonly path: string;
  readonly user: string;
  readonly password: string;
  /** In lower case, in their order. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

const url =
  /\b([a-z][a-z0-9+.-]{0,30}):\/\/(?:([^\s:@/?#"'`]*)(?::([^\s/?#"'`]*))?@)?([^\s/?#"'`@]*)(?:\/([^\s?#"'`]*))?(?:\?([^\s#"'`]*))?/gi;

/** Every address in a text, as programs take it. */
export function addressesIn(text: string): Address[] {
  const urls = [...text.matchAll(url)].map(
    ([, scheme = "", user = "", password = "", host = "", path = "", query]) => ({
      scheme: scheme.toLowerCase().replace(/\+.*/, ""),
      host: host.replace(/:\d+$/, ""),
      path: decoded(path),
      user: decoded(user),
      password: decoded(password),
      parameters: query === undefined ? [] : pairs(query.split("&")),
    }),
  );
  return urls.length > 0 ? urls : fromWords(text);
}

/** `host=db dbname=shop sslmode=require` as libpq takes it, `Host=db;Database=shop` as ADO.NET and PDO do. */
function fromWords(text: string): Address[] {
  if (!/\b(host|server)\s*=/i.test(text) || !/\b(dbname|database|initial catalog)\s*=/i.test(text)) return [];
  const plain = text.replace(/\b[a-z]+:(?=host=)/i, "");
  const parameters = pairs(
    plain.includes(";") ? plain.split(";") : (plain.match(/\w+\s*=\s*('(\\.|[^'\\])*'|\S+)/g) ?? []),
  );
  const value = (...names: string[]) => parameters.find(([name]) => names.includes(name))?.[1] ?? "";
  const server = value("server");
  return [
    {
      scheme: server === "" ? "postgresql" : "sqlserver",
      host: value("host") || server,
      path: value("dbname", "database", "initialcatalog"),
      user: value("user", "username", "userid", "uid"),
      password: value("password", "pwd"),
      parameters,
    },
  ];
}

function pairs(parts: readonly string[]): [string, string][] {
  return parts.map((part) => {
    const [name = "", ...rest] = part.split("=");
    const value = decoded(rest.join("=")).trim();
    return [name.toLowerCase().replace(/[\s_-]/g, ""), value.replace(/^'(.*)'$/s, "$1")];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Within the pod: a socket, or the loopback that a proxy beside the program listens on. */
export function isLocal({ host, parameters }: Address): boolean {
  const named = host || (parameters.find(([name]) => name === "host")?.[1] ?? "");
  return /^(|localhost|127(\.\d+){1,3}|\[?::1\]?|(%2f|\/).*)$/i.test(named);
}

const kinds = /^(\w*DATABASE|\w*DB|PG|\w*POSTGRES(QL)?|\w*SQL|\w*MONGO(DB)?|REDIS|SUPABASE|JDBC|DATASOURCE)$/;
const forms = /^(\w*URLS?|URI|DSN|CONNECTION|CONNECTIONSTRING|CONN|STRING|ADDRESS)$/;

/** A name under which programs look for the address of a database: `DATABASE_URL`, `spring.datasource.url`. */
export function namesAddress(words: readonly string[]): boolean {
  return (
    /^(DATABASE|DB|PG|POSTGRES)URL$/.test(words.at(-1) ?? "") ||
    (words.some((word) => kinds.test(word)) && words.some((word) => forms.test(word)))
  );
}
