import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { namesHost } from "../../../cli/artefacts/foreign.ts";
import { allArtefacts, keptOf } from "../../../local/artefacts.ts";
import { type SystemName, systemNames, trackedConfigOf } from "../../systems.ts";

const root = join(import.meta.dirname, "../../..");

describe("palier artefacts, of the five systems", function () {
  this.timeout("6m");
  let made: Map<SystemName, Map<string, string>>;
  const of = (system: SystemName, file: string) => made.get(system)?.get(file) ?? "";
  const json = (system: SystemName, file: string) => JSON.parse(of(system, file));

  before("renders fifteen environments", async () => {
    made = await allArtefacts(root);
  });

  it("are in the repository as npm run docs writes them", () => {
    for (const [file, text] of Object.entries(keptOf(made)))
      equal(existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : "", text, `${file}: npm run docs`);
  });

  it("name no host of production's in staging or dev, and each its own [C-11 C-33 YO-19]", () => {
    for (const system of systemNames) {
      const hosts = (stack: string) =>
        Object.entries(trackedConfigOf(system, stack)).flatMap(([key, value]) =>
          /[uU]rl$/.test(key) ? [new URL(String(value)).host] : [],
        );
      for (const stack of ["dev", "staging"]) {
        const own = [...made.get(system)!].filter(([file]) => file.startsWith(`${stack}/`));
        ok(own.length > 2);
        for (const [file, text] of own)
          for (const host of hosts("production")) ok(!namesHost(text, host), `${system} ${file} names ${host}`);
        ok(
          own.some(([, text]) => namesHost(text, hosts(stack)[0]!)),
          `${system} ${stack} names none of its own`,
        );
      }
    }
  });

  describe("for Expo", () => {
    const mobile = () => parse(of("yonima", "mobile.yml"));
    const job = (name: string) => mobile().jobs[name];
    const published = (name: string) => job(name).steps.at(-1).run.replace("npx --yes eas-cli@24", "eas");

    it("have a profile and channel for each environment, with its API address and map key [YO-06 YO-20]", () => {
      const { build } = json("yonima", "eas.json");
      const stacks = { development: "dev", preview: "staging", production: "production" };
      deepEqual(Object.keys(build), Object.keys(stacks));
      for (const [profile, stack] of Object.entries(stacks)) {
        const config = trackedConfigOf("yonima", stack);
        equal(build[profile].channel, profile);
        equal(build[profile].env.EXPO_PUBLIC_API_URL, config["yonima:url"]);
        equal(build[profile].env.EXPO_PUBLIC_MAPBOX_TOKEN, config["yonima:mapboxToken"]);
      }
      const keys = Object.keys(stacks).map((profile) => build[profile].env.EXPO_PUBLIC_MAPBOX_TOKEN);
      equal(new Set(keys).size, 3);
    });

    it("give the team a development client, and testers a build of their own: neither is a store's [YO-12 YO-15 C-58]", () => {
      const { development, preview, production } = json("yonima", "eas.json").build;
      deepEqual([development.developmentClient, development.distribution], [true, "internal"]);
      deepEqual([preview.developmentClient, preview.distribution], [undefined, "internal"]);
      equal(production.distribution, undefined);
    });

    it("build on a push to dev, for the team [YO-10 YO-11]", () => {
      ok(mobile().on.push.branches.includes("dev"));
      equal(job("development").if, "github.ref == 'refs/heads/dev' && github.event_name == 'push'");
      match(published("development"), /^eas build --profile development /);
    });

    it("update over the air on a push to staging [YO-13 YO-14]", () => {
      ok(mobile().on.push.branches.includes("staging"));
      equal(job("preview").if, "github.ref == 'refs/heads/staging' && github.event_name == 'push'");
      match(published("preview"), /^eas update --channel preview /);
    });

    it("build for the stores on a tag of a version, and submit it [YO-16 YO-17]", () => {
      deepEqual(mobile().on.push.tags, ["v*.*.*"]);
      equal(job("store").if, "startsWith(github.ref, 'refs/tags/v') && github.event_name == 'push'");
      match(published("store"), /^eas build --profile production .*--auto-submit/);
    });

    it("publish a hotfix and an earlier update by somebody's word alone, with a reason [YO-18 YO-47 C-57]", () => {
      const { inputs } = mobile().on.workflow_dispatch;
      deepEqual([inputs.action.options, inputs.message.required], [["hotfix", "rollback"], true]);
      match(published("hotfix"), /^eas update --channel production --message "\$MESSAGE"/);
      match(published("rollback"), /^eas update:republish --group "\$GROUP"/);
      for (const name of ["hotfix", "rollback"]) {
        match(job(name).if, /^github\.event_name == 'workflow_dispatch' && /);
        equal(job(name).environment, "production");
      }
    });

    it("say when users have the earlier version: once they start the app again [YO-48]", () => {
      match(
        of("yonima", "mobile.yml"),
        /After a rollback users have the earlier JavaScript once they start the app again/,
      );
    });

    it("tell each build what eas.json says of its profile, and no other's", () => {
      const profiles = { development: "development", preview: "preview", store: "production", hotfix: "production" };
      for (const [name, profile] of Object.entries(profiles)) {
        const told = job(name).steps.find(({ run = "" }: { run?: string }) => run.startsWith("jq "));
        match(told.run, new RegExp(`'\\.build\\.${profile}\\.env `));
      }
    });
  });

  describe("for Vercel", () => {
    it("build MecaPy's frontend by its own commands, in its three regions, with AVIF and WebP of its bucket alone [MP-71 MP-73 MP-84]", () => {
      for (const stack of ["staging", "production"]) {
        const { images, regions, ...of } = json("mecapy", `${stack}/vercel.json`);
        deepEqual([of.installCommand, of.buildCommand, of.devCommand], ["pnpm install", "pnpm build", "pnpm dev"]);
        deepEqual([of.framework, of.outputDirectory, regions], ["nextjs", ".next", ["cdg1", "iad1", "syd1"]]);
        const hostname = `${trackedConfigOf("mecapy", stack)["mecapy:bucket"]}.s3.fr-par.scw.cloud`;
        deepEqual(images.remotePatterns, [{ protocol: "https", hostname }]);
        deepEqual(images.formats, ["image/avif", "image/webp"]);
        equal(of.env.NEXT_PUBLIC_IMAGE_HOST, hostname);
      }
    });

    it("send headers, rewrites and variables as the cluster does, each environment's own [MP-72 MP-74 MP-75 MP-76 MP-77 MP-87 C-18 C-34]", () => {
      for (const [stack, api] of [
        ["staging", "https://api-staging.mecapy.com"],
        ["production", "https://api.mecapy.com"],
      ] as const) {
        const { headers, rewrites, env } = json("mecapy", `${stack}/vercel.json`);
        const told = Object.fromEntries(
          headers[0].headers.map(({ key, value }: Record<string, string>) => [key, value]),
        );
        deepEqual(told, {
          "X-Content-Type-Options": "nosniff",
          "X-Frame-Options": "DENY",
          "Referrer-Policy": "strict-origin-when-cross-origin",
          "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
        });
        deepEqual(rewrites, [{ source: "/api/:path*", destination: `${api}/:path*` }]);
        deepEqual([env.NEXT_PUBLIC_API_URL, env.ENVIRONMENT], [api, stack]);
      }
      equal(json("avnir", "staging/vercel.json").env.ENVIRONMENT, "staging");
    });

    it("hold none of the cluster's secrets, nor what only it needs", () => {
      const names = Object.keys(json("mecapy", "production/vercel.json").env);
      ok(
        names.every((name) => /^(NEXT_PUBLIC_.*|NODE_ENV|ENVIRONMENT)$/.test(name)),
        names.join(),
      );
    });

    it("tell MecaPy's browsers where errors are sent, from which environment, a tenth of the traces [MP-110]", () => {
      const { env } = json("mecapy", "production/vercel.json");
      equal(env.NEXT_PUBLIC_SENTRY_DSN, trackedConfigOf("mecapy", "production")["mecapy:sentryDsn"]);
      deepEqual([env.NEXT_PUBLIC_ENVIRONMENT, env.NEXT_PUBLIC_SENTRY_TRACES_SAMPLE_RATE], ["production", "0.1"]);
    });
  });

  describe("for Docker Compose", () => {
    const services = () => parse(of("mecapy", "docker-compose.dev.yml")).services;

    it("build API and frontend of MecaPy from their sources, which are mounted [MP-10 MP-11 MP-16 MP-18]", () => {
      for (const [name, port] of Object.entries({ api: 8000, frontend: 3000 })) {
        const { build, volumes, ports } = services()[name];
        deepEqual(build, { context: `./repos/${name}`, dockerfile: "Dockerfile.dev" });
        deepEqual(volumes, [`./repos/${name}:/app`, "/app/node_modules"]);
        deepEqual(ports, [`127.0.0.1:${port}:${port}`]);
      }
    });

    it("give the API dev's variables and a Postgres, which it starts after [MP-13 C-27]", () => {
      const { api, db } = services();
      equal(api.environment.DATABASE_URL, `postgresql://postgres:\${POSTGRES_PASSWORD:?}@db:5432/mecapy_dev`);
      deepEqual([api.depends_on, db.environment.POSTGRES_DB], [["db"], "mecapy_dev"]);
      equal(api.environment.KEYCLOAK_CLIENT_SECRET, `\${KEYCLOAK_CLIENT_SECRET:?}`);
    });

    it("are made where a program names sources, and nowhere else", () => {
      deepEqual(
        systemNames.filter((system) => of(system, "docker-compose.dev.yml") !== ""),
        ["mecapy"],
      );
    });
  });

  it("say what to watch from outside: each public address by its verify path, and what is owed [MP-108]", () => {
    const { targets } = json("mecapy", "production/monitoring-targets.json");
    deepEqual(targets[0], {
      name: "mecapy production api",
      url: "https://api.mecapy.com/health",
      everySeconds: 60,
      availabilityPercent: 99.5,
    });
    equal(json("avnir", "staging/monitoring-targets.json").targets[0].url, "https://staging.avnir.studio/api/health");
  });

  it("say which names have to lead to the cluster, and none for a machine of one's own", () => {
    const names = json("mecapy", "staging/dns.json").records.map(({ name }: { name: string }) => name);
    deepEqual(names, ["api-staging.mecapy.com", "staging.mecapy.com"]);
    equal(of("mecapy", "dev/dns.json"), "");
  });
});
