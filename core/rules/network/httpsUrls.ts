import { settingFinding } from "../finding.ts";
import { notInDev } from "../levels.ts";
import { nameWords } from "../nameWords.ts";
import { settingRule, standsHere } from "../settingRule.ts";

export const httpsUrls = settingRule(
  {
    id: "https-urls",
    description: "Addresses outside the cluster that programs are given are https.",
    why: "Links, redirects and cookies made from an http address leave TLS, however well the Ingress has it.",
    severity: "medium",
    levels: notInDev,
    demands: ["R-18", "R-33", "R-41"],
  },
  {
    concerns: (name, setting) => standsHere(setting, namesUrl) && namesUrl(name),
    check: (setting, _all, { object }) => {
      const found = setting.text
        .split(/[\s,;"'[\]]+/)
        .find((part) => /^http:\/\//i.test(part) && isOutside(hostOf(part), object.namespace));
      const fix = "write https";
      return found
        ? [settingFinding(setting, { problem: "is plain http, and outside the cluster", fix, value: found })]
        : [];
    },
  },
);

/** `NEXT_PUBLIC_API_URL`, `auth.issuer`; origins of CORS are judged by a rule of their own. */
function namesUrl(name: string): boolean {
  const words = nameWords(name);
  if (words.some((word) => /CORS|ORIGIN|PROXY|XMLNS|SCHEMA/.test(word))) return false;
  return /^(\w*URLS?|URI|ISSUER|ENDPOINT|WEBHOOK|CALLBACK|LINK|HREF|BASE|SITE|HOSTNAME)$/.test(words.at(-1) ?? "");
}

function hostOf(url: string): string {
  return /^http:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(url)?.[1]?.toLowerCase().replace(/\.$/, "") ?? "";
}

/** Not in the pod, the cluster or a private network. A name in parts that nobody outside can have is the cluster's. */
function isOutside(host: string, namespace: string | undefined): boolean {
  if (/^(|localhost|0\.0\.0\.0|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(1[6-9]|2\d|3[01])\..*)$/.test(host))
    return false;
  if (host.startsWith("[") || /[$({%<]/.test(host)) return false;
  const parts = host.split(".");
  if (parts.length === 1 || /^(svc|local|localhost|internal|lan|test|invalid)$/.test(parts.at(-1) ?? "")) return false;
  return parts.length > 2 || (parts[1] !== namespace && topLevel.test(parts[1] ?? ""));
}

/** Two parts are a service and its namespace, unless the second is one that domains end with. */
const topLevel =
  /^([a-z]{2}|com|net|org|edu|gov|int|info|biz|name|pro|africa|agency|app|art|blog|cloud|club|company|design|dev|digital|email|group|host|life|link|live|media|mobi|news|one|online|page|paris|shop|site|solutions|space|store|studio|systems|team|tech|today|top|web|website|wiki|work|world|xyz|xn--[\w-]+)$/;
