import { at, condition, type KubeObject, number, text } from "../model/object.ts";
import { type Awaiter, ready, type Verdict, waitingFor } from "./awaiter.ts";
import { evaluate, parseJsonPath } from "./json-path.ts";
import { warnings } from "./warnings.ts";

type Test = (live: KubeObject) => Verdict;

/**
 * The annotation `pulumi.com/waitFor`: one expression or a JSON list of them, each `jsonpath={.status.phase}=Running`
 * (or without a value: that the field is there) or `condition=Ready` (or `condition=Ready=Unknown`).
 */
export function customAwaiter(annotation: string): Awaiter {
  const tests = expressions(annotation).map(parse);
  return {
    verdict: (live) => tests.map((test) => test(live)).find((verdict) => !verdict.ready) ?? ready,
    problems: (live, client) => warnings(client, live),
  };
}

function expressions(annotation: string): string[] {
  let list: unknown;
  try {
    list = JSON.parse(annotation);
  } catch {
    return [annotation];
  }
  if (!Array.isArray(list)) return [annotation];
  if (list.length === 0) throw new Error("pulumi.com/waitFor: at least one condition must be specified");
  return list.map(String);
}

function parse(expression: string): Test {
  if (expression.startsWith("condition=")) return conditionTest(expression);
  if (expression.startsWith("jsonpath=")) return jsonPathTest(expression);
  throw new Error(
    `pulumi.com/waitFor: expected a "jsonpath=" or "condition=" prefix, got ${JSON.stringify(expression)}`,
  );
}

function conditionTest(expression: string): Test {
  const [, type = "", status = "True"] = expression.split("=");
  return (live) => {
    const found = condition(live, type);
    const seen = number(found?.["observedGeneration"] ?? at(live, "status", "observedGeneration"));
    if (seen > 0 && seen < number(live.metadata.generation)) return waitingFor("the controller to see the change");
    if (text(found?.["status"]).toLowerCase() === status.toLowerCase()) return ready;
    const now = found ? ` (now ${text(found["status"])}: ${text(found["message"]) || text(found["reason"])})` : "";
    return waitingFor(`condition ${type}=${status}${now}`);
  };
}

function jsonPathTest(expression: string): Test {
  const { path, value } = parseJsonPath(expression.slice("jsonpath=".length));
  const wanted = `${path.source}${value === undefined ? "" : `=${value}`}`;
  return (live) => {
    const found = evaluate(path, live);
    if (found.length > 1) throw new Error(`pulumi.com/waitFor: ${path.source} matches ${found.length} values, not one`);
    const [only] = found;
    if (value === undefined ? found.length === 1 : only !== undefined && String(only) === value) return ready;
    const now = only === undefined || typeof only === "object" ? "" : ` (now ${String(only)})`;
    return waitingFor(`${wanted}${now}`);
  };
}
