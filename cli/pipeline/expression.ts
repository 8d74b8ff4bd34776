/** An expression of GitHub Actions. */
export const of = (expression: string): string => `$\{{ ${expression} }}`;
