/** What the API server's `Warning` headers say of API versions on their way out; its other warnings are left to it. */
export function deprecations(header: string | undefined): string[] {
  const quoted = [...(header ?? "").matchAll(/\b299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text]) =>
    text!.replace(/\\(.)/g, "$1"),
  );
  return quoted.filter((text) => / is deprecated in v[\d.]+\+/.test(text));
}
