import { nameWords } from "../nameWords.ts";
import { perName } from "../perName.ts";

/** `credential`: it names one. `mention`: it speaks of one, so its value decides. */
export type NameOfCredential = "credential" | "mention" | "none";

/** Bundled into pages and apps by the tools that read these prefixes: public by definition, whatever follows. */
const publicPrefix = /^(NEXT_PUBLIC|EXPO_PUBLIC|NUXT_PUBLIC|PUBLIC|REACT_APP|VITE|GATSBY|STORYBOOK)_/i;

const credential =
  /^(\w*PASSWORDS?|\w*PASSWD|PASSWORT|\w*PASSPHRASE|PASS|PWD|SECRETS?|\w+SECRET|TOKENS?|\w+TOKEN|(API|SECRET|ACCESS|PRIVATE|AUTH|SIGNING|ENCRYPTION)KEYS?|DSN|CREDENTIALS?|CREDS|REQUIREPASS|MASTERAUTH)$/;

/** Keys that open nothing. */
const harmlessKey =
  /^(PUBLIC|PUBLISHABLE|SITE|CACHE|PRIMARY|FOREIGN|SORT|PARTITION|ROUTING|INDEX|OBJECT|CONTEXT|GROUP|LABEL|TOPOLOGY|IDEMPOTENCY|TRANSLATION|NODE|HOT|QUEUE|LOCK|MAP|CONFIG)$/;

/** Which of several, or how it is written: the words before still name the thing. */
const variant =
  /^(\d+|V\d+|PROD|PRODUCTION|STAGING|DEV|TEST|LIVE|OLD|NEW|CURRENT|PREVIOUS|BASE|BASE64|B64|HEX|VALUE|RAW|MAIN|DEFAULT)$/;

/** A property of a credential, or something that leads to one: not the thing itself. */
const about = new Set(
  `ENABLED DISABLED REQUIRED ENABLE TTL EXPIRY EXPIRES EXPIRE EXPIRATION EXP IN AGE DAYS HOURS MINUTES SECONDS SECS MS
  LENGTH LEN SIZE MIN MAX LIMIT COUNT FILE FILES PATH DIR DIRECTORY FOLDER NAME NAMES ID IDS URL URI HOST PORT ENDPOINT
  DOMAIN ISSUER AUDIENCE ALGORITHM ALG ALGO TYPE FORMAT HEADER HEADERS COOKIE PREFIX SUFFIX POLICY ROTATION ROUNDS COST
  STRATEGY MODE METHOD PROVIDER BACKEND ENGINE STORE VERSION REF ENCRYPTION VERIFICATION VALIDATION CHECK RESET FLOW SCOPE
  SCOPES CLAIM FIELD COLUMN PARAM LEEWAY INTERVAL TIMEOUT LIFETIME DURATION WINDOW BITS CURVE REALM REGEX PATTERN
  COMPLEXITY HISTORY HINT USERNAME USER REGION ARN ALIAS KID LOCATION SOURCE MOUNT ENV ROLE BUCKET TABLE TOPIC SERVICE
  NAMESPACE SELECTOR`.split(/\s+/),
);

export const nameOfCredential = perName((name): NameOfCredential => {
  if (publicPrefix.test(name)) return "none";
  const words = [...nameWords(name)];
  while (words.length > 1 && variant.test(words.at(-1) ?? "")) words.pop();
  // `MAX_TOKENS` is a number, `API_KEYS` may be a list of credentials.
  if (isCredential(words, words.length - 1)) return /[^S]S$/.test(words.at(-1) ?? "") ? "mention" : "credential";
  if (words.length > 1 && about.has(words.at(-1) ?? "")) return "none";
  return words.some((_, index) => isCredential(words, index)) || words.join() === "KEY" ? "mention" : "none";
});

function isCredential(words: readonly string[], index: number): boolean {
  const word = words[index] ?? "";
  const before = words[index - 1];
  if (/^KEYS?$/.test(word)) return before !== undefined && !harmlessKey.test(before);
  if (word === "PWD" && before === undefined) return false;
  return credential.test(word);
}
