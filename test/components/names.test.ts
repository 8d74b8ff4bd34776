import { rejects } from "node:assert/strict";
import * as palier from "../../index.ts";
import { declared } from "../declared.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;
const command = ["node", "mail.ts"];
const link = palier.outside({ host: "api.example.com" });
const external = { store: "vault", key: "shop/key" };

type Declare = (environment: palier.Environment) => void;

const app =
  (name: string, args: Partial<palier.AppArgs> = {}): Declare =>
  (environment) =>
    new palier.App(name, { environment, image, ...args });
const worker =
  (name: string): Declare =>
  (environment) =>
    new palier.Worker(name, { environment, image, command });
const secrets =
  (name: string, key: string): Declare =>
  (environment) =>
    new palier.Secrets(name, { environment, values: { [key]: { external } } });
const postgres =
  (name: string): Declare =>
  (environment) =>
    new palier.Postgres(name, { environment, image, databases: { shop: {} } });

function program(...all: Declare[]) {
  return declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop");
    for (const declare of all) declare(environment);
  });
}

describe("names", () => {
  const refused: [string, Declare[], string][] = [
    [
      "an app's link and one of an app whose name goes further",
      [app("api", { links: { DATABASE_URL: link } }), app("api-database", { links: { URL: link } })],
      "App api-database: its NetworkPolicy would be named api-database-url-out, as that of App api is; rename one of the two, " +
        'or the link, process, hook or secret behind "url-out" of App api-database or "database-url-out" of App api',
    ],
    [
      "an app's link and the way into another app",
      [
        app("api", { links: { MAIL: { ...link, outside: undefined, selector: { app: "mail" } } } }),
        app("api-mail", { nodePort: 30001 }),
      ],
      "App api-mail: its NetworkPolicy would be named api-mail-in, as that of App api is; rename one of the two, " +
        'or the link, process, hook or secret behind "in" of App api-mail or "mail-in" of App api',
    ],
    [
      "an app's process and a worker",
      [app("api", { workers: { mail: { command } } }), worker("api-mail")],
      "Worker api-mail: its Deployment would be named api-mail, as that of App api is; rename one of the two, " +
        'or the link, process, hook or secret behind "mail" of App api',
    ],
    [
      "an app's link and its hooks",
      [app("api", { links: { HOOKS: link }, afterRelease: { smoke: { command } } })],
      "App api: two of its arguments make its NetworkPolicy api-hooks-out; rename the link, process, hook or secret behind one of them",
    ],
    [
      "secrets from a store",
      [secrets("api", "B_C"), secrets("api-b", "C")],
      "Secrets api-b: its ExternalSecret would be named api-b-c, as that of Secrets api is; rename one of the two, " +
        'or the link, process, hook or secret behind "c" of Secrets api-b or "b-c" of Secrets api',
    ],
    [
      "an app and a database",
      [postgres("api"), app("api")],
      "App api: its Service would be named api, as that of Postgres api is; rename one of the two",
    ],
    ["an app and itself", [app("api"), app("api")], "App api: there is one already; give each a name of its own"],
  ];
  for (const [what, all, message] of refused) {
    it(`are each one thing's: not ${what}`, () => rejects(program(...all), { name: "Error", message }));
  }

  it("may be alike where nothing comes to be called the same", () =>
    program(
      app("api", {
        links: { DATABASE_URL: link },
        workers: { mail: { command } },
        tasks: { clean: { command, schedule: "@daily" } },
      }),
      app("api-database", { links: { ADDRESS: link } }),
      worker("mail"),
      secrets("api-mail", "KEY"),
      secrets("mail", "KEY"),
      postgres("db"),
    ));
});
