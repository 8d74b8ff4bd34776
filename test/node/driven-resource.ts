import type { Diff, Provider } from "../../local/grpc/provider.ts";
import type { PropertyMap } from "../../local/grpc/values.ts";

/** One resource, driven through a plugin in the order in which the engine does it. */
export class DrivenResource {
  id = "";
  inputs: PropertyMap = {};
  outputs: PropertyMap = {};
  readonly subject: { urn: string; type: string; name: string };
  readonly #provider: Provider;

  constructor(provider: Provider, type: string, name: string) {
    this.#provider = provider;
    this.subject = { urn: `urn:pulumi:test::test::${type}::${name}`, type, name };
  }

  async check(news: PropertyMap, olds?: PropertyMap): Promise<PropertyMap> {
    const randomSeed = new TextEncoder().encode(this.subject.urn);
    const { inputs, failures = [] } = await this.#provider.check({ ...this.subject, news, olds, randomSeed });
    if (failures.length > 0) throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join());
    return inputs;
  }

  async previewCreate(news: PropertyMap): Promise<PropertyMap> {
    const request = { ...this.subject, inputs: await this.check(news), preview: true, timeoutSeconds: 0 };
    return (await this.#provider.create(request)).outputs;
  }

  async create(news: PropertyMap, timeoutSeconds = 0): Promise<this> {
    const inputs = await this.check(news);
    const request = { ...this.subject, inputs, preview: false, timeoutSeconds };
    Object.assign(this, { inputs, ...(await this.#provider.create(request)) });
    return this;
  }

  async diff(news: PropertyMap, ignoreChanges: string[] = []): Promise<Diff> {
    const request = { ...this.subject, id: this.id, state: this.outputs, olds: this.inputs, ignoreChanges };
    return this.#provider.diff({ ...request, news: await this.check(news, this.inputs) });
  }

  async update(
    given: PropertyMap,
    { ignoreChanges = [], preview = false, timeoutSeconds = 0 }: Partial<Options> = {},
  ): Promise<PropertyMap> {
    const news = await this.check(given, this.inputs);
    const old = { id: this.id, state: this.outputs, olds: this.inputs };
    const request = { ...this.subject, ...old, news, ignoreChanges, preview, timeoutSeconds };
    const outputs = await this.#provider.update!(request);
    if (!preview) Object.assign(this, { inputs: news, outputs });
    return outputs;
  }

  read() {
    const { id, outputs: state, inputs } = this;
    return this.#provider.read({ ...this.subject, id, state, inputs, timeoutSeconds: 0 });
  }

  async delete(timeoutSeconds = 0): Promise<void> {
    const { id, outputs: state, inputs } = this;
    await this.#provider.delete!({ ...this.subject, id, state, inputs, timeoutSeconds });
  }
}

interface Options {
  ignoreChanges: string[];
  preview: boolean;
  timeoutSeconds: number;
}
