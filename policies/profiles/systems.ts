import type { Profile } from "./profile.ts";

const inProduction = { production: "mandatory" } as const;
const fromStagingOn = { staging: "mandatory", production: "mandatory" } as const;

/** The five systems that Palier was made for: what each demands beyond the defaults, and what it does not ask for. */
export const systems: Readonly<Record<string, Profile>> = {
  avnir: {
    description: "AVNIR: blue-green, never on a Friday evening, monitored, with a plan to go back (AV-01 to AV-72).",
    rules: {
      "no-sensitive-logs": inProduction,
      "app-is-monitored": inProduction,
      "release-gates": {
        required: ["tests", "e2e", "audit", "lint", "types", "performance", "migrations", "monitoring"],
      },
      "deploy-window": { timeZone: "Europe/Paris", closed: [{ day: "friday", from: "15:00" }] },
      "human-approval": "advisory",
      "release-metadata": "advisory",
    },
  },
  mapquiz: {
    description: "MapQuiz: main goes to production, through measured gates, in less than 512 MB (MQ-23 to MQ-43).",
    rules: {
      "release-gates": {
        required: ["tests", "coverage", "scan", "types", "lint", "performance"],
        coverageAbove: 80,
      },
      "memory-ceiling": { levels: inProduction, memory: { most: "512M" } },
      "staging-before-production": { production: "advisory" },
      "deploy-window": "off",
      "human-approval": "off",
      "rollback-plan-documented": "advisory",
      "release-metadata": "advisory",
    },
  },
  mecapy: {
    description:
      "MecaPy: tokens verified, TLS to Postgres, rate limits, security headers, encrypted backups (MP-15 to MP-137).",
    rules: {
      "rate-limit-required": inProduction,
      "security-headers": inProduction,
      "database-is-backed-up": inProduction,
      "backup-is-sound": { levels: inProduction, rpoHours: 24, retentionDays: 30 },
      "secret-age": { levels: { production: "advisory" }, required: true },
      "own-service-account": "advisory",
      "release-gates": { required: ["tests", "lint", "types"] },
      "staging-before-production": { production: "advisory" },
      "deploy-window": "off",
      "human-approval": "off",
      "rollback-plan-documented": "advisory",
      "release-metadata": "advisory",
    },
  },
  debrouillepro: {
    description:
      "DébrouillePro: staging first, people approve, everything scanned, saved, drilled and encrypted (DP-03 to DP-98).",
    rules: {
      "image-scanned": fromStagingOn,
      "release-gates": {
        required: ["tests", "audit", "lint", "types", "performance", "scan", "migrations", "backup", "monitoring"],
      },
      "database-is-backed-up": { staging: "advisory", production: "mandatory" },
      "backup-is-sound": inProduction,
      "restore-is-drilled": { levels: inProduction, days: 31 },
      "encryption-at-rest": fromStagingOn,
      "pods-are-isolated": fromStagingOn,
      "secret-age": { levels: { production: "advisory" }, required: true },
      "deploy-window": "off",
    },
  },
  yonima: {
    description:
      "YONIMA: the pipeline alone deploys, containers are replaced and never changed, PostGIS is there, no schema is pushed (YO-03 to YO-45).",
    rules: {
      "no-manual-deploy": inProduction,
      "read-only-root": inProduction,
      "required-extensions": { extensions: ["postgis"] },
      "release-gates": { required: ["tests", "e2e", "lint", "scan"] },
      "staging-before-production": inProduction,
      "deploy-window": "off",
      "human-approval": "off",
      "rollback-plan-documented": "advisory",
      "release-metadata": "advisory",
    },
  },
};
