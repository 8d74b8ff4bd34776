import { z } from "zod";
import { addressesIn } from "../database/address.ts";
import { notDecided, settingFinding } from "../finding.ts";
import { notInDev } from "../levels.ts";
import { nameWords } from "../nameWords.ts";
import { ruleWith } from "../parameters.ts";
import { bareWords } from "../reading/commandLine.ts";
import { containers } from "../reading/containers.ts";
import { readValues } from "../reading/readValues.ts";
import type { Setting } from "../reading/setting.ts";
import { settings } from "../reading/settings.ts";
import type { Finding } from "../rule.ts";
import { mayBeFile } from "../settingRule.ts";
import { nameOfCredential } from "./credentialName.ts";

const usual =
  "admin administrator root guest user test default password passwort passw0rd secret changeme change-me letmein qwerty 123456 1234 12345678 postgres keycloak mysql mongo redis rabbitmq minio minioadmin grafana prom-operator elastic mecapy_dev".split(
    " ",
  );

const parameters = z.strictObject({
  passwords: z.array(z.string().min(1)).default(usual).describe("passwords that everybody tries first"),
});
type Given = z.infer<typeof parameters>;

const fix = "make a random one";

export const noDefaultCredentials = ruleWith(
  {
    id: "no-default-credentials",
    description: "No password is one that everybody knows, and none is the name of its user.",
    why: "Whoever reaches a login tries admin and admin, postgres and postgres first.",
    severity: "critical",
    levels: notInDev,
    parameters,
  },
  ({ object, inventory }, given) => {
    const all = settings(object, inventory);
    const words = containers(object).flatMap(bareWords);
    return [
      ...[...all, ...words].flatMap((setting) => judged(setting, all, given)),
      ...readValues(object, inventory).flatMap((read, _, others) => judgedByReader(read, [...all, ...others], given)),
    ];
  },
);

/** What stands in the object itself. */
function judged(setting: Setting, all: readonly Setting[], given: Given): Finding[] {
  const { name, value, container, missing, source } = setting;
  if (name === undefined) return [notDecided(value, container, missing)];
  if (value.unknown) {
    const meant = isPassword(name) || isPair(name) || isAddress(name) || mayBeFile(setting);
    return meant ? [notDecided(value, container, missing)] : [];
  }
  const text = value.text?.trim() ?? "";
  if (source === "reference") return [];
  const users = isPassword(name) ? usersBeside(setting, all) : [];
  const problem = problemOf(name, text, users, given);
  return problem === undefined ? [] : [settingFinding(setting, { problem, fix })];
}

function problemOf(name: string, text: string, users: readonly string[], given: Given): string | undefined {
  const address = addressesIn(text).some(({ user, password }) => isKnown(password, [user], given));
  if (address) return "holds an address with a password that everybody knows";
  const pair = isPair(name) ? /^([\w.-]+):([^:\s]+)$/.exec(text) : undefined;
  if (pair && isKnown(pair[2] ?? "", [pair[1] ?? ""], given)) return "holds a password that everybody knows";
  const known = isPassword(name) && isKnown(text, users, given);
  return known ? "is a password that everybody knows, or the name of its user" : undefined;
}

/** A password from a Secret, beside a user from elsewhere; a known one is judged there, unless its key hides it. */
function judgedByReader(read: Setting, all: readonly Setting[], given: Given): Finding[] {
  const { name = "", value } = read;
  if (!isPassword(name) || value.text === undefined) return [];
  const users = usersBeside(read, all);
  const passwords = isPassword(value.key) ? [] : given.passwords;
  if (!isKnown(value.text.trim(), users, { passwords })) return [];
  return [settingFinding(read, { problem: "is a password that everybody knows, or the name of its user", fix })];
}

function isKnown(password: string, users: readonly string[], { passwords }: Given): boolean {
  if (password === "") return false;
  const text = password.toLowerCase();
  if (passwords.some((known) => known.toLowerCase() === text)) return true;
  return users
    .map((user) => user.toLowerCase())
    .some(
      (user) =>
        user !== "" &&
        text.startsWith(user) &&
        /^([_-]?(dev|local|test|pass|password|pw|\d{1,4}))?$/.test(text.slice(user.length)),
    );
}

/** The users' names that the same container, Secret or ConfigMap has. */
function usersBeside({ container }: Setting, all: readonly Setting[]): string[] {
  return all
    .filter((other) => other.container === container && isUser(other.name ?? ""))
    .flatMap(({ value }) => value.text?.trim() ?? []);
}

const isPassword = (name: string) => nameOfCredential(name) === "credential";
const isUser = (name: string) => /^(\w*USER(NAME)?|LOGIN|ADMIN|ACCOUNT|UID)$/.test(nameWords(name).at(-1) ?? "");
const isAddress = (name: string) => /^(\w*URL|URI|DSN|CONNECTION(STRING)?)$/.test(nameWords(name).at(-1) ?? "");
/** `user:password` in one value. */
const isPair = (name: string) => /^(\w*AUTH|USERS?|CREDENTIALS?|HTPASSWD|LOGIN)$/.test(nameWords(name).at(-1) ?? "");
