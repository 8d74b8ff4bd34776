import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openClone } from "../../../../local/clone.ts";
import { buildGo } from "../../../../local/go-build.ts";
import { argoRollouts } from "../../../../local/images/argo-rollouts/recipe.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { brought, definitionFiles } from "../../edge/definitions.ts";
import { made } from "../../images/made.ts";
import { kubectl } from "../../kubectl.ts";
import type { Machine } from "../../machine.ts";

const own = brought["Argo Rollouts"]!;
const version = own.module.split("@v")[1]!;
const namespace = "argo-rollouts";
const program = `deployment/${namespace}`;

/** The real controller of Argo Rollouts, of its Go module, on the node by the manifests that it is published with. */
export class ArgoController {
  readonly #machine: Machine;
  readonly #file = join(temporaryFolder("argo"), "install.yaml");

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  async start(): Promise<void> {
    const [install] = definitionFiles({ ...own, folder: "manifests", file: /^install\.yaml$/ });
    const image = await this.#image(join(dirname(install!), ".."));
    const flags = ["--traefik-api-group=traefik.io", "--traefik-api-version=traefik.io/v1alpha1"];
    const published = "      - image: quay.io/argoproj/argo-rollouts:latest\n        imagePullPolicy: Always\n";
    const text = readFileSync(install!, "utf8");
    if (!text.includes(published)) throw new Error(`${install} has another image than ${published}`);
    writeFileSync(
      this.#file,
      text.replace(published, `      - image: ${image}\n        args: ${JSON.stringify(flags)}\n`),
    );
    await this.#kubectl("create", "namespace", namespace);
    await this.#kubectl("-n", namespace, "apply", "--server-side", "-f", this.#file);
    await this.#kubectl("-n", namespace, "rollout", "status", program, "--timeout=120s");
  }

  /** What it has logged last, for who looks why something did not come. */
  lastWords(): Promise<string> {
    return this.#kubectl("-n", namespace, "logs", program, "--tail=40").catch(String);
  }

  async stop(): Promise<void> {
    await this.#kubectl("-n", namespace, "delete", "-f", this.#file, "--wait=false", "--ignore-not-found");
    await this.#kubectl("delete", "namespace", namespace, "--wait=false", "--ignore-not-found");
  }

  async #image(dir: string): Promise<string> {
    const { cache } = await openClone();
    const quiet = { say: () => {}, progress: () => {} };
    const named = { name: "argo-rollouts", version, dir, package: "./cmd/rollouts-controller", cache };
    return made(this.#machine, argoRollouts(await buildGo(quiet, named), version));
  }

  #kubectl(...args: string[]): Promise<string> {
    return kubectl(this.#machine, ...args);
  }
}
