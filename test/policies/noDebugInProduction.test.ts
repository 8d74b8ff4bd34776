import {
  configMap,
  deployment,
  env,
  image,
  object,
  secretObject,
  withEnv,
  workload,
  workloadTypes,
} from "./manifests.ts";
import { unknown } from "./preview.ts";
import { advises, leavesOpen, passes, refuses } from "./tables.ts";

const policy = "no-debug-in-production";
const rows = "AV-10 P-02";

describe("no-debug-in-production", () => {
  const bad: Record<string, string[]> = {
    DEBUG: ["1", "*", "True", "app:*", "yes", "on"],
    APP_DEBUG: ["true"],
    DJANGO_DEBUG: ["True"],
    PYTHONDEBUG: ["1"],
    FLASK_DEBUG: ["1"],
    DEBUG_MODE: ["true"],
    ENABLE_DEBUG: ["1"],
    DEBUG_ENABLED: ["true"],
    LOG_LEVEL: ["debug", "trace", "DEBUG", "silly", "10", "info,my.module=trace"],
    KC_LOG_LEVEL: ["INFO,org.keycloak:debug"],
    RUST_LOG: ["info,api=debug"],
    "logging.level.root": ["DEBUG"],
    NODE_ENV: ["development", "staging", "prod", "test"],
    FLASK_ENV: ["development"],
    APP_ENV: ["dev"],
    ASPNETCORE_ENVIRONMENT: ["Development"],
    SPRING_PROFILES_ACTIVE: ["web,dev"],
    GIN_MODE: ["debug"],
    NODE_OPTIONS: ["--max-old-space-size=512 --inspect=0.0.0.0"],
    JAVA_TOOL_OPTIONS: ["-Xmx1g -agentlib:jdwp=transport=dt_socket,server=y,address=*:5005"],
  };
  for (const [name, values] of Object.entries(bad)) {
    refuses(
      policy,
      rows,
      Object.fromEntries(values.map((value) => [`${name}=${value}`, { given: withEnv({ [name]: value }) }])),
    );
  }

  const good: Record<string, string[]> = {
    DEBUG: ["0", "false", "", "False", "no", "off"],
    DEBUG_COLORS: ["true"],
    DEBUG_PORT: ["9229"],
    LOG_LEVEL: ["info", "warn", "error", "INFO", "20", "30"],
    RUST_LOG: ["info"],
    NODE_ENV: ["production"],
    APP_ENV: ["production", "prod"],
    SPRING_PROFILES_ACTIVE: ["prod,postgres"],
    NODE_OPTIONS: ["--max-old-space-size=512 --enable-source-maps"],
    JAVA_TOOL_OPTIONS: ["-XX:MaxRAMPercentage=75"],
    GREETING: ["debug"],
  };
  for (const [name, values] of Object.entries(good)) {
    passes(
      policy,
      rows,
      Object.fromEntries(values.map((value) => [`${name}=${value}`, { given: withEnv({ [name]: value }) }])),
    );
  }

  const commands: Record<string, string[]> = {
    "--inspect": ["node", "--inspect=0.0.0.0", "main.js"],
    "--inspect-brk": ["node", "--inspect-brk", "main.js"],
    "--reload": ["uvicorn", "app:main", "--reload"],
    "start-dev": ["/opt/keycloak/bin/kc.sh", "start-dev"],
    "a level as a flag": ["serve", "--log-level", "debug"],
    "a level as a flag with =": ["serve", "--log-level=trace"],
    "--debug": ["flask", "run", "--debug"],
    "a shell line": ["sh", "-c", "exec node --inspect main.js"],
    "a variable in a shell line": ["sh", "-c", "export DEBUG=1; node main.js"],
    "a variable of env": ["env", "DEBUG=*", "node", "main.js"],
    "npm run dev": ["npm", "run", "dev"],
    "next dev": ["npx", "next", "dev"],
    runserver: ["python", "manage.py", "runserver"],
    nodemon: ["node_modules/.bin/nodemon", "main.js"],
    "a Java debugger": ["java", "-agentlib:jdwp=transport=dt_socket,server=y", "-jar", "app.jar"],
  };
  refuses(
    policy,
    rows,
    Object.fromEntries(
      Object.entries(commands).map(([title, args]) => [
        `${title} on the command line`,
        { given: deployment({ args }), says: /container "api": spec\.template\.spec\.containers\[0\]\.args/ },
      ]),
    ),
  );

  passes(policy, rows, {
    "ordinary command lines": {
      given: deployment({ command: ["node", "--enable-source-maps"], args: ["dist/main.js", "--log-level=info"] }),
    },
    "--debug=false": { given: deployment({ args: ["serve", "--debug=false"] }) },
    start: { given: deployment({ args: ["start", "--optimized"] }) },
    "words in a shell line": { given: deployment({ command: ["sh", "-c", "echo the debug switch is off"] }) },
    "all of it in dev": { stack: "dev", given: withEnv({ DEBUG: "1", NODE_ENV: "development" }) },
    "all of it in a review environment": { stack: "pr-3", given: withEnv({ DEBUG: "1" }) },
  });
  advises(policy, rows, { "a debug switch in staging": { stack: "staging", given: withEnv({ DEBUG: "1" }) } });

  const level = { configMapKeyRef: { name: "settings", key: "level" } };
  refuses(policy, rows, {
    "an init container": {
      given: workload({ initContainers: [{ name: "migrate", image, env: env({ DEBUG: "1" }) }] }),
      says: /container "migrate"/,
    },
    "a sidecar": {
      given: workload({
        containers: [
          { name: "api", image },
          { name: "proxy", image, args: ["--debug"] },
        ],
      }),
      says: /container "proxy"/,
    },
    "an ephemeral container": {
      given: workload({ ephemeralContainers: [{ name: "shell", image, env: env({ DEBUG: "1" }) }] }, "core/v1:Pod"),
    },
    "a ConfigMap for envFrom": {
      given: [configMap({ LOG_LEVEL: "debug" }), deployment({ envFrom: [{ configMapRef: { name: "settings" } }] })],
      says: /ConfigMap "settings": data\.LOG_LEVEL/,
    },
    "a ConfigMap's value under a variable": { given: [configMap({ level: "trace" }), withEnv({ LOG_LEVEL: level })] },
    "a Secret's value": { given: secretObject({ stringData: { DEBUG: "1" } }) },
    "a file in a ConfigMap": { given: configMap({ "application.yaml": "logging:\n  level:\n    root: DEBUG\n" }) },
    "a binary file in a ConfigMap": {
      given: object(
        "core/v1:ConfigMap",
        { binaryData: { ".env": Buffer.from("A=1\nDEBUG=1\n").toString("base64") } },
        { name: "settings" },
      ),
    },
    "a stack of unknown name": { stack: "avnir-live", given: withEnv({ DEBUG: "1" }) },
    ...Object.fromEntries(
      workloadTypes.map((type) => [
        type,
        { given: workload({ containers: [{ name: "api", image, env: env({ DEBUG: "1" }) }] }, type) },
      ]),
    ),
  });

  leavesOpen(policy, rows, {
    "an unknown level": { given: withEnv({ LOG_LEVEL: unknown }) },
    "unknown arguments": { given: deployment({ args: unknown }) },
    "an unknown word": { given: deployment({ command: ["node", unknown] }) },
    "unknown containers": { given: workload({ containers: unknown }) },
    "an unknown init container": {
      given: workload({ containers: [{ name: "api", image }], initContainers: [unknown] }),
    },
    "a value that isn't there yet": { given: withEnv({ LOG_LEVEL: level }), says: /reads ConfigMap "settings"/ },
  });
});
