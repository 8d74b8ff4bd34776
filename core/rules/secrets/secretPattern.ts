import { perName } from "../perName.ts";

/** Texts that are credentials whatever they are called. */
const patterns: readonly [what: string, pattern: RegExp][] = [
  ["a live Stripe key", /\b[sr]k_live_[0-9A-Za-z]{3,}/],
  ["a Stripe test key", /\b[sr]k_test_[0-9A-Za-z]{3,}/],
  ["a webhook signing secret", /\bwhsec_[0-9A-Za-z+/]{8,}/],
  ["a GitHub token", /\b(gh[pousr]_|github_pat_)[0-9A-Za-z_]{6,}/],
  ["a GitLab token", /\bgl(pat|dt|rt|cbt|ptt)-[0-9A-Za-z_-]{10,}/],
  ["an AWS access key", /\b(AKIA|ASIA)[0-9A-Z]{12,}/],
  ["a Google API key", /\bAIza[0-9A-Za-z_-]{30,}/],
  ["a Google OAuth secret", /\b(GOCSPX-[0-9A-Za-z_-]{10,}|ya29\.[0-9A-Za-z_-]{10,})/],
  ["a Slack token", /\bxox[abeoprs]-[0-9A-Za-z-]{8,}/],
  ["a Slack webhook", /hooks\.slack\.com\/(services|workflows)\/[0-9A-Za-z/]{8,}/],
  ["an npm token", /\bnpm_[0-9A-Za-z]{20,}/],
  ["a SendGrid key", /\bSG\.[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}/],
  ["an API key", /\bsk-(ant-|proj-|or-)?[0-9A-Za-z_-]{20,}/],
  ["a Vault token", /\bhv[sbr]\.[0-9A-Za-z_-]{20,}/],
  ["a DigitalOcean token", /\bdo[oprt]_v1_[0-9a-f]{20,}/],
  ["an age private key", /\bAGE-SECRET-KEY-1[0-9A-Z]{20,}/],
  ["a private key", /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----/],
  ["a signed token (JWT)", /\beyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}/],
  ["a bearer token", /\bBearer\s+(?![$%{<[])[0-9A-Za-z._~+/-]{16,}/],
  ["a basic authorization", /\bAuthorization["']?\s*[:=]\s*["']?Basic\s+(?![$%{<[])[0-9A-Za-z+/]{8,}/i],
  ["a password in SQL", /\bPASSWORD\s+'[^'$%:]+'/i],
];

const userInfo = /\b[a-z][a-z0-9+.-]*:\/\/([^\s:@/?#]*):([^\s/?#]*?)@/gi;
const parameter = /[?&;\s](password|passwd|pwd|secret|token|api_?key|accountkey|sharedaccesskey)=([^&;\s"']+)/gi;

/** `pwd=x`: most values of variables are shorter than anything that could be found in them. */
const shortest = 5;

export interface SecretInText {
  /** `a GitHub token`: the kind, never any of its characters. */
  readonly what: string;
  /** Made up for trying things out, by all appearance. */
  readonly sample: boolean;
}

/** The credential in a text, if there is one: a known token, a URL or connection string with a password. */
export const secretIn = perName((text): SecretInText | undefined => {
  if (text.length < shortest) return undefined;
  for (const [what, pattern] of patterns) {
    const found = pattern.exec(text);
    if (found) return { what, sample: /_test_/.test(found[0]) };
  }
  for (const [, user = "", password = ""] of text.matchAll(userInfo)) {
    if (isLiteral(password)) return { what: "a URL with a password", sample: isSample(password, user) };
  }
  for (const [, name = "", value = ""] of ` ${text}`.matchAll(parameter)) {
    if (isLiteral(value) && !/^(true|false|\d{1,4})$/i.test(value)) {
      return { what: `a "${name}=" with its value`, sample: isSample(value) };
    }
  }
  return undefined;
});

/** As {@link secretIn}, also where the text is the base64 of one. */
export function secretInEncoded(text: string): SecretInText | undefined {
  const plain = secretIn(text);
  if (plain || !/^[\w+/-]{16,}={0,2}\s*$/.test(text)) return plain;
  const decoded = Buffer.from(text, "base64").toString("utf8");
  return /^[\t\n\r -~]+$/.test(decoded) ? secretIn(decoded) : undefined;
}

export function carriesSecret(text: string): boolean {
  return secretInEncoded(text) !== undefined;
}

/** Not a reference that something resolves later: `$(NAME)`, `${NAME}`, `{{ … }}`, `vault:…`. */
export function isLiteral(text: string): boolean {
  if (/^(vault:|op:\/\/|ref\+|secretref:|arn:aws:(secretsmanager|ssm):|awssm:|gcpsm:|azkv:)/i.test(text)) return false;
  if (/^(\$[A-Za-z_]\w*|<[\w .-]+>|%[sv])$/.test(text.trim())) return false;
  const rest = text.replace(/\$\$?\([^)]*\)|\$\{[^}]*\}|\{\{.*?\}\}|`[^`]*`/gs, "");
  return rest === text ? text.trim() !== "" : rest.replace(/\W/g, "").length >= 6;
}

/** A value that says of itself that it protects nothing. */
export function isSample(text: string, user = ""): boolean {
  if (text === user && user !== "") return true;
  return (
    /(^|[^a-z])(dev|development|local|localhost|test|testing|example|sample|dummy|fake|insecure|placeholder|todo|x{3,}|your)([^a-z]|$)/i.test(
      text,
    ) ||
    /change.?me|not.?a?.?secret|^\.+$|\.\.\.$/i.test(text) ||
    /^(password|passwort|postgres|secret|admin|root|guest|minioadmin|redis|mysql|keycloak)\d*$/i.test(text)
  );
}
