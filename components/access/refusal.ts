/**
 * A statement that ends a script with a message where a condition holds. psql knows no such thing: it writes a block that
 * raises, and runs that.
 *
 * @param message An SQL expression of text, as are the others.
 */
export function refusal(message: string, condition: string, from?: string): string {
  const block = `'DO ' || pg_catalog.quote_literal('BEGIN RAISE EXCEPTION USING MESSAGE = ' || pg_catalog.quote_literal(${message}) || '; END')`;
  return `SELECT ${block}${from ? ` FROM ${from}` : ""} WHERE ${condition} \\gexec`;
}
