import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

const documents = execFileSync("git", ["ls-files", "*.md"], { encoding: "utf8" }).trim().split("\n");

function blocks(language: string): { file: string; text: string }[] {
  return documents.flatMap((file) => {
    const found = readFileSync(file, "utf8").matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"));
    return [...found].map((match) => ({ file, text: match[1]! }));
  });
}

describe("the documents", () => {
  it("hold TypeScript that compiles against the library as it is", function () {
    this.timeout(180_000);
    const examples = blocks("ts");
    assert.ok(examples.length > 0);
    const { config } = ts.readConfigFile("tsconfig.json", (file) => readFileSync(file, "utf8"));
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ".");
    Object.assign(options, {
      noEmit: true,
      noUnusedLocals: false,
      paths: { palier: [join(process.cwd(), "index.ts")], "palier/*": [join(process.cwd(), "*.ts")] },
    });
    const sources = new Map(examples.map(({ text }, index) => [join(process.cwd(), `example-${index}.ts`), text]));
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (file) => sources.has(file) || fileExists(file);
    host.readFile = (file) => sources.get(file) ?? readFile(file);
    host.getSourceFile = (file, version, ...rest) =>
      sources.has(file)
        ? ts.createSourceFile(file, sources.get(file)!, version)
        : getSourceFile(file, version, ...rest);
    const program = ts.createProgram([...sources.keys()], options, host);
    const problems = ts.getPreEmitDiagnostics(program).map(({ messageText, file }) => {
      const source = file && examples[Number(/example-(\d+)\.ts$/.exec(file.fileName)?.[1])];
      return `${source?.file ?? file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
    assert.deepEqual(problems, []);
  });

  it("name only npm scripts that there are", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    const named = documents.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/npm run (?:-s )?([\w-]+)/g)].map((match) => match[1]!),
    );
    assert.deepEqual(
      named.filter((name) => !(name in scripts)),
      [],
    );
  });

  it("name no other version of Pulumi's packages than those that are tried here", () => {
    const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
    const named = documents.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/(@pulumi\/[a-z]+)@(\d+\.\d+\.\d+)/g)].map(
        ([, name, version]) => `${file}: ${name} ${version}, and here is ${packages[`node_modules/${name}`]?.version}`,
      ),
    );
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((one) => !/ (\S+), and here is \1$/.test(one)),
      [],
    );
  });

  it("link only to files that there are", () => {
    const broken = documents.flatMap((file) => {
      const links = [...readFileSync(file, "utf8").matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1]!);
      return links.filter((link) => !existsSync(join(dirname(file), link))).map((link) => `${file}: ${link}`);
    });
    assert.deepEqual(broken, []);
  });
});
