import { finding, notDecided, settingFinding } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { nameWords } from "../nameWords.ts";
import { commandLine } from "../reading/commandLine.ts";
import { type Container, containers } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { Setting } from "../reading/setting.ts";
import { isPostgresCluster } from "../relations/databases.ts";
import type { Finding, Rule } from "../rule.ts";
import { settingRule, standsHere } from "../settingRule.ts";
import { type Address, addressesIn, isLocal, namesAddress } from "./address.ts";

const encrypted = /^(require[d]?|verify[-_]?(ca|full|identity))$/i;
/** Modes by their names: they may be shown, even out of a secret. */
const plain = /^(disabled?|allow|prefer(red)?|no-verify|false|off|no|0)$/i;

const settingsRule = settingRule(
  {
    id: "postgres-ssl",
    description: "Postgres is spoken to over TLS only, by every address, and no server has it switched off.",
    why: "Passwords and rows go in clear otherwise: without sslmode, clients give TLS up in silence when it fails.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-43"],
  },
  {
    words: true,
    concerns: (_name, setting) => standsHere(setting, (name) => namesAddress(nameWords(name)) || isMode(name)),
    check: (setting, all) => {
      const { name = "", text, value, container } = setting;
      if (isMode(name) || isSwitch(name) || isServerFile(setting)) return switchedOff(setting, text);
      const beside = all.some(
        (other) =>
          other.container === container && other.name === "PGSSLMODE" && encrypted.test(other.value.text ?? ""),
      );
      return addressesIn(text).flatMap((address) => {
        const answer = encryption(address, beside);
        if (answer === "yes") return [];
        if (answer === "unknown") return [notDecided(value, container)];
        return [settingFinding(setting, { problem: problemOf(address), fix: "write sslmode=verify-full into it" })];
      });
    },
  },
);

export const postgresSsl: Rule = {
  ...settingsRule,
  check: (subject, given) => [
    ...settingsRule.check(subject, given),
    ...containers(subject.object).flatMap((container) => serverWithout(container)),
    ...(isPostgresCluster(subject.object) ? letIn(subject.object.root) : []),
  ],
};

function encryption(address: Address, beside: boolean): "yes" | "no" | "unknown" {
  if (!/^(postgres(ql)?|postgis|pgsql|timescaledb|cockroachdb|ecto)$/.test(address.scheme) || isLocal(address))
    return "yes";
  const modes = modesOf(address);
  if (modes.some((mode) => /^\$|\$[({]|\{\{/.test(mode))) return "unknown";
  const hidden = address.parameters.some(([name, value]) => /^\$|\{\{/.test(name) && value === "");
  if (modes.length === 0 && (hidden || /[$({]\w+[)}]$/.test(address.path))) return "unknown";
  return (modes.length === 0 ? beside : modes.every((mode) => encrypted.test(mode))) ? "yes" : "no";
}

/** `sslmode` counts before `ssl`, which drivers read as a switch or as a mode. */
function modesOf({ parameters }: Address): string[] {
  const values = (wanted: string) => parameters.filter(([name]) => name === wanted).map(([, value]) => value);
  const modes = values("sslmode");
  if (modes.length > 0) return modes;
  return values("ssl").map((value) => (/^(|true|1|on|yes)$/i.test(value) ? "require" : value));
}

function problemOf(address: Address): string {
  const modes = modesOf(address);
  if (modes.length === 0) return "has no sslmode, so it may connect in clear";
  const shown = modes.find((mode) => plain.test(mode));
  return shown === undefined ? "has no sslmode that encrypts" : `connects with sslmode ${shown}, which may be in clear`;
}

const isMode = (name: string) => /(^|_)(PG)?SSL_?MODE$/.test(nameWords(name).join("_"));
const isSwitch = (name: string) =>
  /(^|_)(\w*DB|\w*DATABASE|PG|POSTGRES(QL)?)_?SSL(_(ENABLED?|REQUIRED?))?$/.test(nameWords(name).join("_"));
const isServerFile = ({ name, source, value }: Setting) =>
  source === "file" && name === "ssl" && /postgres/i.test(value.key);

function switchedOff(setting: Setting, text: string): Finding[] {
  const words = {
    problem: "lets Postgres be spoken to in clear",
    fix: "write verify-full, or on for a server",
    value: text,
  };
  return plain.test(text.trim()) ? [settingFinding(setting, words)] : [];
}

/** What a Cluster of CloudNativePG says of who may come in: over the network in clear, or without a password. */
function letIn(root: Field): Finding[] {
  const lines = root.at("spec", "postgresql", "pg_hba").items();
  return lines.flatMap((line) => {
    if (line.unknown) return [notDecided(line)];
    const [type = "", , , ...rest] = (line.text ?? "").trim().split(/\s+/);
    const method = rest.find((word) => /^[a-z]/.test(word) && !/^(all|samehost|samenet)$/.test(word));
    const clear = type === "hostnossl" && method !== "reject";
    if (!clear && !(type.startsWith("host") && method === "trust")) return [];
    const problem = clear ? "lets in who speaks in clear" : "lets in who has no password";
    return [finding(line, { problem, fix: "write hostssl all all all scram-sha-256", value: line.text })];
  });
}

/** `postgres -c ssl=off` and its other spellings. */
function serverWithout(container: Container): Finding[] {
  const line = commandLine(container);
  const image = container.field.at("image").text ?? "";
  const server = /postg|timescale|pgvector/i.test(image) || line.some(({ text }) => /(^|\/)postgres$/.test(text ?? ""));
  return line.flatMap(({ text, field }, index) => {
    const option = line[index - 1]?.text === "-c";
    if (text === undefined) return server || option ? [notDecided(field, container.name)] : [];
    const off = /^(-c|--)?ssl=(off|false|no|0)$/i.exec(text);
    if (!off || !(server || option || off[1] === "-c")) return [];
    return [
      finding(field, { problem: "switches the server's TLS off", fix: "write ssl=on", value: text }, container.name),
    ];
  });
}
