import { noSensitiveLogs } from "../../core/rules/logs/sensitiveLogs.ts";
import { manifest, withContainer } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const variables = (values: Record<string, unknown>) =>
  withContainer({ env: Object.entries(values).map(([name, value]) => ({ name, value })) });

table(noSensitiveLogs, {
  refuses: {
    bodies: variables({ LOG_BODY: "true" }),
    "bodies of requests": variables({ LOG_REQUEST_BODY: "1" }),
    headers: variables({ LOG_HEADERS: "all" }),
    "headers, by a switch": variables({ LOG_HTTP_HEADERS_ENABLED: "yes" }),
    cookies: manifest("ConfigMap", { data: { LOG_COOKIES: "on" } }),
    "parameters, in a file": manifest("ConfigMap", {
      data: { "app.yaml": "log:\n  parameters: true\n  level: info\n" },
    }),
    "every statement of a database": withContainer({ args: ["-c", "log_statement=all"] }),
    "nothing hidden": variables({ LOG_REDACT: "" }),
    "an empty list of what is hidden": variables({ LOG_REDACT: "[]" }),
    "hiding switched off": variables({ LOG_MASKED: "false" }),
  },
  passes: {
    "none of it": variables({ LOG_BODY: "false", LOG_HEADERS: "0", LOG_LEVEL: "info" }),
    "what is hidden": variables({ LOG_REDACT: "password,authorization" }),
    "changes of a schema": withContainer({ args: ["-c", "log_statement=ddl"] }),
    "other settings of logs": variables({ LOG_FORMAT: "json", LOG_BODY_MAX_BYTES: "0", BLOG_HEADERS: "true" }),
  },
});
