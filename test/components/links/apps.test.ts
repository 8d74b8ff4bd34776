import { deepEqual, equal, ok } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";
import { declared, find } from "../../declared.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;
const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const of = (app: string) => ({ matchLabels: { "app.kubernetes.io/name": app } });
const serving = (app: string) => ({
  matchLabels: { ...of(app).matchLabels, "app.kubernetes.io/component": "app" },
});

describe("a link to another app", () => {
  const two = () =>
    declared({ stack: "staging" }, () => {
      const environment = new palier.Environment("shop");
      const api = new palier.App("api", { environment, image, port: 4000 });
      new palier.App("web", { environment, image, links: { API_URL: api.link } });
    });

  it("gives the variable its address, in clear, since it asks for no credentials", async () => {
    const { data } = find(await two(), "kubernetes:core/v1:ConfigMap", "web-variables").inputs;
    equal(data["API_URL"], "http://api:4000");
  });

  it("opens both ends of the way, on its port, to the pods that serve alone [DP-27]", async () => {
    const resources = await two();
    const ports = [{ protocol: "TCP", port: 4000 }];
    deepEqual(find(resources, policy, "web-api-url-out").inputs.spec, {
      podSelector: of("web"),
      policyTypes: ["Egress"],
      egress: [{ to: [{ podSelector: serving("api") }], ports }],
    });
    deepEqual(find(resources, policy, "web-api-url-in").inputs.spec, {
      podSelector: serving("api"),
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: of("web") }], ports }],
    });
    ok(!resources.some(({ name }) => /^api-.*-(in|out)$/.test(name)), "the other way stays closed");
  });

  it("starts the app after it", async () => {
    const made: string[] = [];
    const newResource = async ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
      if (name === "api-service") await new Promise((done) => setTimeout(done, 300));
      made.push(`${type.split(":").at(-1)} ${name}`);
      return { id: `${name}-id`, state: inputs };
    };
    await pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs }, "shop", "staging", false);
    pulumi.runtime.setAllConfig({ "palier:context": "test" });
    await pulumi.runtime.runInPulumiStack(async () => {
      const environment = new palier.Environment("shop");
      const api = new palier.App("api", { environment, image });
      new palier.App("web", { environment, image, links: { API_URL: api.link } });
    });
    await pulumi.runtime.disconnect();
    const [service, deployment] = ["Service api-service", "Deployment web"].map((one) => made.indexOf(one));
    ok(service! >= 0 && deployment! > service!, made.join(", "));
  });

  it("may lead back to the first, where somebody writes that by hand: both ways are open", async () => {
    const back: palier.Link = {
      kind: "app",
      name: "web",
      host: "web",
      port: 3000,
      selector: serving("web").matchLabels,
      ready: "",
      address: "http://web:3000",
    };
    const resources = await declared({ stack: "staging" }, () => {
      const environment = new palier.Environment("shop");
      const api = new palier.App("api", { environment, image, links: { WEB_URL: back } });
      new palier.App("web", { environment, image, links: { API_URL: api.link } });
    });
    for (const name of ["api-web-url-out", "api-web-url-in", "web-api-url-out", "web-api-url-in"]) {
      find(resources, policy, name);
    }
    equal(find(resources, "kubernetes:core/v1:ConfigMap", "api-variables").inputs.data["WEB_URL"], "http://web:3000");
  });
});
