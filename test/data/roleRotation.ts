import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import * as palier from "../../index.ts";
import { postgres } from "../../local/images/postgres/recipe.ts";
import { runJob } from "../components/access/container.ts";
import { Image } from "../components/backup/image.ts";
import { Server } from "../components/backup/server.ts";
import { type Declared, declared, find } from "../declared.ts";
import { isWhole, record } from "../proof.ts";

const image = `registry.example/postgres@sha256:${"a".repeat(64)}`;
const rotations = isWhole("data") ? 5 : 2;
const admin = { PGPASSWORD: "admin-password" };

const shop = (rotate: string) =>
  declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop");
    const { links } = new palier.Postgres("db", { environment, image, databases: { shop: {} } });
    new palier.App("api", { environment, image, links: { DATABASE_URL: { ...links["shop"]!, rotate } } });
  });

const url = (resources: Declared[], key: string) =>
  new URL(find(resources, "kubernetes:core/v1:Secret", "api-database-url-secret").inputs.stringData[key]);

/** What the pods of an app do, each with the address that it was started with: it connects anew for every request. */
class Pods {
  requests = 0;
  readonly failures: string[] = [];
  readonly #addresses: URL[];
  readonly #server: Server;
  #stopped = false;
  readonly #ended: Promise<unknown>;

  constructor(server: Server, addresses: URL[]) {
    this.#server = server;
    this.#addresses = addresses;
    this.#ended = Promise.all(addresses.map((_, index) => this.#serve(index)));
  }

  /** One after the other gets the new address, as a rolling update does it, and has then served by it. */
  async roll(address: URL): Promise<void> {
    for (const index of this.#addresses.keys()) {
      this.#addresses[index] = address;
      const until = this.requests + 2 * this.#addresses.length;
      while (this.requests < until) await sleep(20);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#ended;
  }

  async #serve(index: number): Promise<void> {
    while (!this.#stopped) {
      const asked = this.#server.sqlAs(this.#addresses[index]!, "UPDATE orders SET id = id + 1");
      await asked.catch((error: Error) => this.failures.push(error.message));
      this.requests++;
    }
  }
}

describe("a rotation of a database's role under load", function rotation() {
  this.timeout("15m");
  let tools: Image;
  let server: Server;

  const done = async (resources: Declared[], job: string, more = {}) => {
    const { code, problem } = await runJob(tools, server, resources, job, { ...admin, ...more });
    equal(code, 0, problem);
  };

  before(async () => {
    tools = await Image.make(postgres);
    server = await new Server(tools, "/tmp/rotated", { password: "admin-password" }).start();
  });
  after(() => server?.stop());

  it(`fails no request in ${rotations}, and ends each login before`, async () => {
    let resources = await shop("first");
    await done(resources, "api-database-url-job");
    await server.sqlAs(url(resources, "migrator-url"), "CREATE TABLE orders AS SELECT 0 AS id");
    const former = [url(resources, "app-url")];
    const pods = new Pods(server, Array(3).fill(former[0]));
    try {
      for (let count = 1; count <= rotations; count++) {
        resources = await shop(`rotation-${count}`);
        await done(resources, "api-database-url-job");
        await pods.roll(url(resources, "app-url"));
        await done(resources, "api-retire", { GRACE: "0" });
        former.push(url(resources, "app-url"));
      }
    } finally {
      await pods.stop();
    }
    record("A database's role rotated under load", {
      rotations: String(rotations),
      requests: `${pods.requests}, each on a connection of its own`,
      failed: String(pods.failures.length),
    });
    deepEqual(pods.failures, []);
    ok(pods.requests > 20 * rotations);
    for (const old of former.slice(0, -1)) {
      await rejects(server.sqlAs(old, "SELECT 1"), /password authentication failed/);
    }
  });
});
