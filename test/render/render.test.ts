import { deepEqual, doesNotMatch, equal, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { RenderError } from "../../render/project.ts";
import { render } from "../../render/render.ts";

const project = (name: string) => join(import.meta.dirname, "projects", name);
const shop = (config = {}) => render({ project: project("shop"), stack: "staging", config });

describe("render", () => {
  it("prints what a program declares, the same each time, with the configuration it is given", async () => {
    const [once, again] = await Promise.all([
      shop({ "shop:settings.size": "big" }),
      shop({ "shop:settings.size": "big" }),
    ]);
    equal(once.yaml(), again.yaml());
    const printed = parseAllDocuments(once.yaml()).map((document) => document.toJS());
    deepEqual(
      printed.map(({ kind }) => kind),
      ["Namespace", "ConfigMap", "Deployment", "Secret"],
    );
    deepEqual(printed[1].data, { color: "green", greeting: "hello", size: "big" });
    equal(printed[2].spec.template.spec.containers[0].envFrom[0].configMapRef.name, printed[1].metadata.name);
    match(printed[1].metadata.name, /^web-settings-[0-9a-f]{8}$/);
  });

  it("names what it makes by its content: another content is another name", async () => {
    const [green, red] = await Promise.all([shop(), shop({ "shop:settings.color": "red" })]);
    const name = (rendered: typeof green) => rendered.object("ConfigMap", "web-settings").metadata.name;
    equal(name(green) === name(red), false);
  });

  it("never prints a secret's value, its stand-in or a part of it", async () => {
    const secrets = { TOKEN: "token-that-nobody-may-see" };
    const rendered = await render({ project: project("shop"), stack: "staging", secrets });
    deepEqual(rendered.object("Secret", "web-keys")["stringData"].token, secrets.TOKEN);
    doesNotMatch(rendered.yaml(), /nobody-may-see|stands-in/);
    deepEqual(parseAllDocuments(rendered.yaml()).at(-1)!.toJS().stringData, {
      key: "(secret)",
      token: "(secret)",
      url: "(secret)",
    });
    deepEqual(rendered.secretsInClear(), []);
  });

  it("sees a secret that stands in a ConfigMap, as it is and in base64, and does not print it", async () => {
    const leaky = await render({ project: project("leaky"), stack: "staging" });
    deepEqual(leaky.secretsInClear(), ['ConfigMap "settings": data.header', 'ConfigMap "settings": data.password']);
    const printed = parseAllDocuments(leaky.yaml())[0]!.toJS();
    deepEqual(printed.data, { color: "green", header: "Basic (secret)", password: "(secret)" });
  });

  it("sees a secret that came out of a structured key, and prints what is beside it", async () => {
    const nested = await render({ project: project("nested"), stack: "staging" });
    deepEqual(nested.secretsInClear(), ['ConfigMap "login": data.password']);
    deepEqual(parseAllDocuments(nested.yaml())[0]!.toJS().data, { user: "me", password: "(secret)" });
  });

  it("leaves replicas to the autoscaler, and only then", async () => {
    const [plain, scaled] = await Promise.all([shop(), shop({ "shop:scaled": true })]);
    equal(plain.object("Deployment", "web")["spec"].replicas, 3);
    equal("replicas" in scaled.object("Deployment", "web")["spec"], false);
  });

  it("finds objects by the component that declared them, and resources with their options", async () => {
    const rendered = await shop();
    equal(rendered.objects("ConfigMap", "web").length, 1);
    equal(rendered.objects("Namespace", "web").length, 0);
    const { ignoreChanges, protect } = rendered.resources.find(
      ({ name, type }) => name === "web" && /Deploy/.test(type),
    )!;
    deepEqual([ignoreChanges, protect], [["spec.replicas"], true]);
  });

  const refused: Record<string, [Parameters<typeof render>[0], RegExp]> = {
    "no project": [{ project: project("nowhere"), stack: "staging" }, /Pulumi\.yaml is not there\.$/],
    "no stack file": [{ project: project("shop"), stack: "nowhere" }, /Pulumi\.nowhere\.yaml is not there\.$/],
    "a program that breaks": [
      { project: project("broken"), stack: "staging" },
      /^staging can't be rendered: TypeError: Cannot read properties of undefined \(reading 'length'\) \(index\.ts:2\)$/,
    ],
    "what a provider unfolds": [
      { project: project("helm"), stack: "staging" },
      /Chart "traefik" is unfolded by its provider/,
    ],
    "what only a cluster knows": [
      { project: project("asks"), stack: "staging" },
      /Service "there" is read from a cluster/,
    ],
  };
  for (const [what, [options, says]] of Object.entries(refused)) {
    it(`refuses ${what} with one message`, async () => {
      await rejects(render(options), (error: Error) => {
        equal(error instanceof RenderError, true, error.stack);
        match(error.message, says);
        doesNotMatch(error.message, /\n\s+at /);
        return true;
      });
    });
  }
});
