import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const packages = join(import.meta.dirname, "../../../node_modules/@pulumi");

/** What a Pulumi package brings to a program, read from its files. */
export class Sdk {
  readonly #folder: string;
  readonly #scripts: { file: string; text: string }[];

  constructor(name: string) {
    this.#folder = join(packages, name);
    const files = globSync("**/*.js", { cwd: this.#folder, exclude: ["node_modules/**"] });
    this.#scripts = files.map((file) => ({ file, text: readFileSync(join(this.#folder, file), "utf8") }));
  }

  /** The types of resources and components by their tokens; `true` for an object of Kubernetes' API. */
  get types(): ReadonlyMap<string, boolean> {
    const found = this.#scripts.flatMap(({ text }) => {
      const token = /__pulumiType = '([^']*:[^']*)'/.exec(text)?.[1];
      const isObject = /resourceInputs\["apiVersion"\] = "/.test(text);
      return token === undefined ? [] : [[token, isObject] as const];
    });
    return new Map(found);
  }

  /** Tokens of functions, and of methods with `call`. */
  tokens(kind: "invoke" | "call"): string[] {
    const pattern = kind === "invoke" ? /runtime\.invoke\w*\("([^"]+)"/g : /runtime\.call\("([^"]+)"/g;
    return [...new Set(this.#scripts.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, token]) => token!)))];
  }

  /** The names of an interface's properties. */
  properties(file: string, name: string): string[] {
    const source = ts.createSourceFile(file, readFileSync(join(this.#folder, file), "utf8"), ts.ScriptTarget.Latest);
    const found = source.statements.filter(ts.isInterfaceDeclaration).find((one) => one.name.text === name);
    if (found === undefined) throw new Error(`${file} has no interface ${name}`);
    return found.members.map((member) => (member.name as ts.Identifier).text);
  }

  /** The arguments of a resource, by its token. */
  arguments(token: string): string[] {
    const [, module, name] = token.split(":");
    return this.properties(`${module!.split("/")[1]}.d.ts`, `${name}Args`);
  }
}
