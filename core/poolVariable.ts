/** The variable that says how many connections are kept to what another leads to: `DATABASE_POOL_MAX` for `DATABASE_URL`. */
export function poolVariable(variable: string): string {
  return `${variable.replace(/_(URL|URI|DSN)$/, "")}_POOL_MAX`;
}
