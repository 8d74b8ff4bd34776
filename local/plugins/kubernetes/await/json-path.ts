import { isPropertyMap, type Value } from "../../../grpc/values.ts";

export interface JsonPath {
  source: string;
  steps: Step[];
}

type Step = (values: Value[]) => Value[];

/** `{.a.b}=value` as in `kubectl wait --for=jsonpath=…`; the braces may be left out. */
export function parseJsonPath(expression: string): { path: JsonPath; value?: string } {
  const braced = /^\{([^}]*)\}(?:=(.*))?$/s.exec(expression);
  const bare = /^((?:[^=[]|\[[^\]]*\])+)(?:=(.*))?$/s.exec(expression);
  const match = braced ?? bare;
  if (match === null) throw invalid(expression);
  const source = `{${match[1]}}`;
  const value = match[2]?.replace(/^(["'])(.*)\1$/s, "$2");
  return { path: { source, steps: parseSteps(match[1]!, expression) }, value };
}

export function evaluate(path: JsonPath, root: Value): Value[] {
  return path.steps.reduce((values, step) => step(values), [root]);
}

const token =
  /\.?((?:\\.|[\w-])+)|\.\*|\[\*\]|\[(-?\d+)\]|\[(?:'([^']*)'|"([^"]*)")\]|\[\?\(\s*@((?:\.[\w-]+)+)\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))\s*\)\]/gy;

function parseSteps(source: string, expression: string): Step[] {
  const path = source.replace(/^\$/, "");
  const steps: Step[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < path.length) {
    const match = token.exec(path);
    if (match === null) throw invalid(expression);
    steps.push(toStep(match));
  }
  if (steps.length === 0) throw invalid(expression);
  return steps;
}

function toStep([whole, name, index, single, double, field, operator, ...wanted]: RegExpExecArray): Step {
  if (field !== undefined) {
    const value = wanted.find((candidate) => candidate !== undefined)!;
    return (values) =>
      values.flatMap(elements).filter((element) => (pluck(element, field) === value) === (operator === "=="));
  }
  if (index !== undefined)
    return (values) => values.flatMap((value) => given(Array.isArray(value) ? value.at(Number(index)) : undefined));
  const key = name?.replace(/\\(.)/g, "$1") ?? single ?? double;
  if (key === undefined)
    return whole === ".*" || whole === "[*]" ? (values) => values.flatMap(elements) : (values) => values;
  return (values) => values.flatMap((value) => given(isPropertyMap(value) ? value[key] : undefined));
}

function pluck(element: Value, field: string): string | undefined {
  const found = field
    .slice(1)
    .split(".")
    .reduce<Value | undefined>((value, key) => (isPropertyMap(value) ? value[key] : undefined), element);
  return found === undefined ? undefined : String(found);
}

function elements(value: Value): Value[] {
  if (Array.isArray(value)) return value;
  return isPropertyMap(value) ? Object.values(value).flatMap(given) : [];
}

function given(value: Value | undefined): Value[] {
  return value === undefined || value === null ? [] : [value];
}

function invalid(expression: string): Error {
  return new Error(
    `pulumi.com/waitFor: ${JSON.stringify(expression)} is no JSONPath that Palier's stand-in reads: fields, [index], [*], [?(@.field=="value")], like {.status.phase}=Running`,
  );
}
