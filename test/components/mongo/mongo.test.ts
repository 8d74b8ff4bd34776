import assert from "node:assert/strict";
import * as palier from "../../../index.ts";
import { declared, find } from "../../declared.ts";
import { refusedOf } from "../../policies/refusedOf.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;
const given = { host: "db.mongo.example", address: { name: "mongo", key: "address" } };

const made = (args: object = {}, stack = "production") =>
  declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    const db = new palier.Mongo("db", { environment, ...given, ...args });
    new palier.App("api", { environment, image, links: { DATABASE_URL: db.link } });
  });

describe("Mongo", function mongo() {
  this.timeout(20_000);

  it("gives an app its address from a Secret, and the way out to its port alone [DP-37 C-45]", async () => {
    const resources = await made({ cidrs: ["198.51.100.0/24"] });
    const { spec } = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs;
    const variable = spec.template.spec.containers[0].env.find(({ name }: { name: string }) => name === "DATABASE_URL");
    assert.deepEqual(variable.valueFrom.secretKeyRef, given.address);
    const out = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "api-database-url-out").inputs;
    assert.deepEqual(out.spec.egress, [
      { to: [{ ipBlock: { cidr: "198.51.100.0/24" } }], ports: [{ protocol: "TCP", port: 27017 }] },
    ]);
  });

  for (const stack of ["dev", "staging", "production"]) {
    it(`is refused by no rule in ${stack}`, async () => assert.deepEqual(refusedOf(stack, await made({}, stack)), []));
  }

  const wrong: [string, object, RegExp][] = [
    ["no address", { address: undefined }, /Mongo db: address: is missing; give an object with name, key/],
    [
      "an address in clear",
      { address: "mongodb://u:zQ7@db" },
      /address: text is not allowed; give an object with name/,
    ],
    ["a name of the cluster's own", { host: "mongo" }, /host: "mongo" is a name of the cluster's own/],
    ["the whole internet", { cidrs: ["0.0.0.0/0"] }, /cidrs\[0\]: "0\.0\.0\.0\/0" is not allowed/],
  ];
  for (const [title, args, message] of wrong) it(`refuses ${title}`, () => assert.rejects(made(args), message));
});
