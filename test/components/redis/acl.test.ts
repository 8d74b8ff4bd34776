import { equal, match } from "node:assert/strict";
import * as palier from "../../../index.ts";
import { declared, find } from "../../declared.ts";
import { RedisServer } from "./server.ts";

const image = `registry.example/redis@sha256:${"a".repeat(64)}`;

describe("the users of a Redis, on a real one", function users() {
  this.timeout("2m");
  let server: RedisServer;
  const passwords: Record<string, string> = {};
  const as = (user: string, ...words: string[]) => server.ask(words, user, passwords[user]);

  before(async () => {
    const resources = await declared({ stack: "production" }, () => {
      const environment = new palier.Environment("shop");
      const users = { api: { keys: ["bull:*"] }, mail: { keys: ["mail:*"] } };
      new palier.Redis("queue", { environment, image, purpose: "queue", users });
    });
    const data = (name: string) => find(resources, "kubernetes:core/v1:Secret", name).inputs.stringData;
    const own = data("queue-secret");
    passwords["default"] = own.password;
    passwords["admin"] = own["admin-password"];
    for (const user of ["api", "mail"]) passwords[user] = new URL(data(`queue-secret-${user}`).url).password;
    server = await (await RedisServer.make(own["redis.conf"])).start();
  });
  after(() => server?.kill());

  it("are asked for their passwords, and nobody gets in without one or with another's", async () => {
    match(await server.ask(["ping"]), /NOAUTH/);
    match(await server.ask(["ping"], "api", passwords["mail"]), /WRONGPASS/);
    for (const user of ["default", "api", "mail", "admin"]) equal(await as(user, "ping"), "PONG");
  });

  it("read and write their own keys and channels, and nobody else's", async () => {
    equal(await as("api", "set", "bull:1", "a"), "OK");
    equal(await as("api", "eval", "return redis.call('get', KEYS[1])", "1", "bull:1"), "a");
    equal(await as("api", "publish", "bull:events", "a"), "0");
    match(await as("mail", "get", "bull:1"), /NOPERM/);
    match(await as("mail", "publish", "bull:events", "a"), /NOPERM/);
    equal(await as("default", "get", "bull:1"), "a");
  });

  it("ask what clients ask, and administer nothing", async () => {
    match(await as("api", "info", "memory"), /maxmemory_policy:noeviction/);
    match(await as("api", "client", "setname", "api"), /OK/);
    const refused = ["config get *", "flushall", "flushdb", "keys *", "shutdown", "acl list"];
    const more = ["replicaof no one", "client kill type normal", "monitor", "save", "module list", "swapdb 0 1"];
    for (const command of [...refused, ...more]) {
      for (const user of ["api", "default"]) match(await as(user, ...command.split(" ")), /NOPERM/, command);
    }
    match(await as("admin", "config", "get", "maxmemory-policy"), /noeviction/);
  });

  it("find what they wrote after the server was killed", async () => {
    for (let index = 0; index < 200; index++) equal(await as("api", "set", `bull:kept:${index}`, "a"), "OK");
    await server.kill();
    await server.start();
    equal(await as("default", "exists", ...Array.from({ length: 200 }, (_, index) => `bull:kept:${index}`)), "200");
  });
});
