/** Whether something is so, as far as the stack shows it. */
export type Answer = "yes" | "no" | "unknown";

/** Whether any of these is so. */
export function anyOf(answers: readonly Answer[]): Answer {
  if (answers.includes("yes")) return "yes";
  return answers.includes("unknown") ? "unknown" : "no";
}
