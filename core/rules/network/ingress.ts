import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { judge, refuseAbsent } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import type { Field } from "../reading/field.ts";

const hostsOf = (root: Field) =>
  root
    .at("spec", "rules")
    .items()
    .map((rule) => rule.at("host"));

export const ingressTls = objectRule(
  {
    id: "ingress-tls",
    description: "An Ingress has TLS.",
    why: "Whoever is on the way reads passwords and session cookies, and changes what they like.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-18", "R-33", "R-41"],
    rows: ["F04"],
    frameworks: ["NSA"],
    parameters: z.strictObject({
      required: z.boolean().default(true).describe("false: it is enough that plain HTTP is refused by annotation"),
    }),
  },
  ["Ingress"],
  (root, { object }, { required }) => {
    const tls = root.at("spec", "tls");
    const refused = root.at("metadata", "annotations", "kubernetes.io/ingress.allow-http").text === "false";
    if (object.partial || (!required && refused)) return [];
    return refuseAbsent(tls, { problem: "is not set: all goes in clear", fix: "name the hosts and their secret" });
  },
);

export const ingressTlsHosts = objectRule(
  {
    id: "ingress-tls-hosts",
    description: "Each host of an Ingress is one that its TLS covers.",
    why: "For that host the controller shows a certificate of its own making: browsers warn, and programs don't connect.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-18", "R-33", "R-41"],
    rows: ["F05"],
    frameworks: ["NSA"],
  },
  ["Ingress"],
  (root) => {
    const covered = root
      .at("spec", "tls")
      .items()
      .flatMap((tls) => tls.at("hosts").items());
    if (covered.length === 0 || covered.some(({ unknown }) => unknown)) return [];
    const names = new Set(covered.map(({ text }) => text));
    return hostsOf(root).flatMap((host) =>
      judge(host, () =>
        names.has(host.text) || names.has(host.text?.replace(/^[^.]+/, "*"))
          ? []
          : [finding(host, { problem: "is not among the hosts under tls", fix: "add it there", value: host.text })],
      ),
    );
  },
);

export const ingressHosts = objectRule(
  {
    id: "ingress-hosts",
    description: "An Ingress names its hosts: neither none, nor all, nor whatever no other one takes.",
    why: "Requests for names of others end at this app, and of two such Ingresses one takes the other's.",
    severity: "medium",
    levels: fromStagingOn,
    rows: ["F06"],
    parameters: z.strictObject({
      wildcards: z.boolean().default(false).describe("whether `*.example.com` is a name"),
      required: z.boolean().default(true).describe("whether a rule needs a host"),
    }),
  },
  ["Ingress"],
  (root, { object }, { wildcards, required }) => {
    const backend = root.at("spec", "defaultBackend");
    const all = backend.absent ? root.at("spec", "backend") : backend;
    const fix = "name the host";
    return [
      ...(all.absent ? [] : [finding(all, { problem: "takes what no other Ingress takes", fix })]),
      ...hostsOf(root).flatMap((host) => {
        if (host.absent || host.text === "")
          return object.partial || !required ? [] : [finding(host, { problem: "is not set: every host", fix })];
        return judge(host, () =>
          !wildcards && host.text?.includes("*")
            ? [finding(host, { problem: "is every host", fix, value: host.text })]
            : [],
        );
      }),
    ];
  },
);

/** Files of the controller that no annotation or path leads to by accident. */
const files = /\/(etc\/(passwd|shadow|nginx|kubernetes|ssl)|root|var\/run\/secrets)|serviceaccount/;

export const noIngressSnippets = objectRule(
  {
    id: "no-ingress-snippets",
    description:
      "No annotation hands configuration to the controller as text, and none leads to its files (CVE-2021-25742, CVE-2021-25745).",
    why: "The text runs in the controller: who may write one Ingress reads the Secrets of every namespace.",
    severity: "high",
    levels: fromStagingOn,
    rows: ["F09"],
    frameworks: ["NSA"],
  },
  ["Ingress"],
  (root) => [
    ...root
      .at("metadata", "annotations")
      .entries()
      .flatMap((field) => {
        const fix = "use the annotation for the very thing";
        if (field.unknown && field.key === "annotations") return [notDecided(field)];
        if (/-snippets?$/.test(field.key)) return [finding(field, { problem: "is configuration as text", fix })];
        if (!field.key.includes("nginx")) return [];
        return judge(field, ({ text = "" }) => {
          const unsafe = /[\r\n{}]|lua_|_by_lua|kubernetes\.io/.test(text) || files.test(text);
          return unsafe
            ? [finding(field, { problem: "reaches into the controller's configuration or files", fix })]
            : [];
        });
      }),
    ...root
      .at("spec", "rules")
      .items()
      .flatMap((rule) => rule.at("http", "paths").items())
      .map((path) => path.at("path"))
      .flatMap((path) =>
        judge(path, ({ text = "" }) =>
          files.test(text)
            ? [finding(path, { problem: "leads to the controller's files", fix: "name another path", value: text })]
            : [],
        ),
      ),
  ],
);
