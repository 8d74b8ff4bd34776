/** A path or an origin as a regular expression that means it alone. No backslash, which configurations read themselves. */
export function literally(text: string): string {
  return text.replaceAll(".", "[.]");
}
