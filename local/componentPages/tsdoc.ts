import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** What the comment above a component's class says. */
export interface ClassDoc {
  readonly name: string;
  /** Its file, from the top of the repository. */
  readonly file: string;
  readonly text: string;
  /** What to beware of, as a list. */
  readonly remarks: string;
}

/** One argument, as its comment says it. */
export interface ArgumentDoc {
  readonly path: string;
  readonly type: string;
  readonly text: string;
  readonly optional: boolean;
  readonly usual?: string;
}

/** The components that the package exports, and their comments. */
export function componentClasses(root: string): ClassDoc[] {
  const index = readFileSync(join(root, "index.ts"), "utf8");
  const exported = [...index.matchAll(/^export \{ (\w+) \} from "\.\/(components\/\w+\/\w+\.ts)";$/gm)];
  return exported.flatMap(([, name = "", file = ""]) => {
    const found = parse(root, file).statements.find((one) => ts.isClassDeclaration(one) && one.name?.text === name);
    return found ? [{ name, file, ...said(found) }] : [];
  });
}

/** The arguments of an interface and of those within it, by their paths. */
export function argumentsOf(root: string, interface_: string): ArgumentDoc[] {
  const files = globSync("components/**/*.ts", { cwd: root }).sort();
  const interfaces = new Map(
    files.flatMap((file) =>
      parse(root, file)
        .statements.filter(ts.isInterfaceDeclaration)
        .map((one) => [one.name.text, one] as const),
    ),
  );
  // Two interfaces that it extends may extend the same one.
  return [...new Map(fieldsOf(interfaces, interface_, "").map((one) => [one.path, one])).values()];
}

type Interfaces = ReadonlyMap<string, ts.InterfaceDeclaration>;

function fieldsOf(interfaces: Interfaces, name: string, above: string): ArgumentDoc[] {
  const declared = interfaces.get(name);
  if (!declared) throw new Error(`no interface ${name} in components`);
  const bases = (declared.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.expression.getText()));
  const own = declared.members.filter(ts.isPropertySignature).flatMap((field) => fieldDocs(interfaces, field, above));
  return [...bases.flatMap((base) => fieldsOf(interfaces, base, above)), ...own];
}

function fieldDocs(interfaces: Interfaces, field: ts.PropertySignature, above: string): ArgumentDoc[] {
  const path = `${above}${field.name.getText()}`;
  const type = field
    .type!.getText()
    .replace(/pulumi\.Input<(\w+)>/g, "$1")
    .replaceAll("\n", " ");
  const [, key, inner = type] = /^\{ \[(\w+): string\]: (.+?);? \}$/.exec(type) ?? [];
  const usual = ts.getJSDocTags(field).find(({ tagName }) => tagName.text === "default");
  const doc = { path, type, text: said(field).text, optional: field.questionToken !== undefined };
  const within = /^\w+Args$/.test(inner)
    ? fieldsOf(interfaces, inner, key === undefined ? `${path}.` : `${path}.<${key}>.`)
    : [];
  return [{ ...doc, usual: usual && ts.getTextOfJSDocComment(usual.comment)?.replaceAll("\n", " ") }, ...within];
}

function said(node: ts.Node): Pick<ClassDoc, "text" | "remarks"> {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const remarks = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === "remarks");
  return {
    text: (ts.getTextOfJSDocComment(comment?.comment) ?? "").replaceAll("\n", " "),
    remarks: ts.getTextOfJSDocComment(remarks?.comment) ?? "",
  };
}

function parse(root: string, file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
}
