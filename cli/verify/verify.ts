import type { Stage } from "../../core/stage.ts";
import { contentOf } from "../content.ts";
import { meaningOf } from "../meaning.ts";
import { readOptions } from "../options.ts";
import { keyIn, refuseUnwritable } from "../record/place.ts";
import { UsageError } from "../usage.ts";
import { refuseUserinfo } from "../userinfo.ts";
import { alertsQuiet } from "./alerts.ts";
import { health, smoke } from "./answers.ts";
import type { Found } from "./found.ts";
import { load } from "./load.ts";
import { logsClean } from "./logs.ts";
import { recordOf, writeFound } from "./record.ts";
import { type Target, targetOf } from "./target.ts";
import { address, count, milliseconds, path, share } from "./thresholds.ts";
import { webSocket } from "./webSocket.ts";

const usage = `palier verify [options] ENVIRONMENT

Checks an environment from outside, as its users meet it, and writes what it found into the release record of what runs there.
  ENVIRONMENT               a stack of the project
  --url ADDRESS             where it answers (default: the stack's output url)
  --health PATH             must answer 200, and a body that has a status must say ok or healthy (default: the output health)
  --wait TIME               for so long it may not be healthy yet (default: 30s)
  --smoke PATH              must answer with success; again for more
  --websocket PATH          must open a WebSocket; again for more
  --requests COUNT          1–10000, to the smoke paths in turn, else to the health path (default: 50)
  --p95 TIME                so long may 95 of 100 take (default: 2s)
  --error-rate SHARE        so many may fail (default: 1%)
  --timeout TIME            for one request (default: 10s)
  --alertmanager ADDRESS    must have no alert of the stack's output namespace, where it has one
  --logs FILE               lines of JSON, or - for standard input: none may be an error
  --image REFERENCE         what runs, with digest; again for more (default: the stack's output image or images)
  --system NAME, --records FOLDER
                            whose records, and where (default: Pulumi.yaml's name; palier:records, or $PALIER_RECORDS)
  --run ADDRESS             where to read more: the CI run
  --sign FILE               private ed25519 key in PEM, for records that are signed
  --project FOLDER          where Pulumi.yaml is (default: .)

With --url, --health and --image no pulumi is asked. Exit code: 0 all is well, 1 something is not, 2 it could not be checked.`;

const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;
const options = {
  url: text,
  health: text,
  wait: { ...text, default: "30s" },
  smoke: texts,
  websocket: texts,
  requests: { ...text, default: "50" },
  p95: { ...text, default: "2s" },
  "error-rate": { ...text, default: "1%" },
  timeout: { ...text, default: "10s" },
  alertmanager: text,
  logs: text,
  image: texts,
  system: text,
  records: text,
  run: text,
  sign: text,
  project: { ...text, default: "." },
  help: { type: "boolean", short: "h" },
} as const;

/** `palier verify`. Resolves to the exit code. */
export async function verify(argv: string[], now = new Date()): Promise<number> {
  const { values, positionals } = readOptions("verify", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [environment, ...more] = positionals;
  if (environment === undefined || more.length > 0)
    throw new UsageError("name one environment: palier verify staging.");
  const stage = stageOf(environment, values.project);
  refuseUserinfo("--run", values.run);
  const checks = checksOf(values);
  const key = values.sign === undefined ? undefined : await keyIn("--sign", values.sign);
  const target = await targetOf(environment, values);
  for (const image of target.images) recordOf(target, image);
  refuseUnwritable({ folder: target.folder, system: target.system, key }, target.images);
  const all = await checks(target);
  for (const { check, result, told } of all) console.log(`${result === "passed" ? "✓" : "✗"} ${check}: ${told}`);
  const fact = { at: now.toISOString(), ...(values.run ? { run: values.run } : {}) };
  for (const image of target.images) console.log(await writeFound({ target, image, stage, key, fact }, all));
  return all.every(({ result }) => result === "passed") ? 0 : 1;
}

type Values = ReturnType<typeof readOptions<typeof options>>["values"];

/** All that was asked for, its bounds checked before anything is asked. */
function checksOf(values: Values): (target: Target) => Promise<Found[]> {
  const timeoutMs = milliseconds("--timeout", values.timeout);
  const waitMs = milliseconds("--wait", values.wait);
  const bounds = {
    timeoutMs,
    requests: count("--requests", values.requests, 10_000),
    p95Ms: milliseconds("--p95", values.p95),
    errorRate: share("--error-rate", values["error-rate"]),
  };
  const smokes = (values.smoke ?? []).map((one) => path("--smoke", one));
  const sockets = (values.websocket ?? []).map((one) => path("--websocket", one));
  const alertmanager = values.alertmanager === undefined ? undefined : address("--alertmanager", values.alertmanager);
  return async ({ url, healthPath, namespace }) => {
    const at = (one: string) => new URL(one, url);
    const well = await health({ url: at(healthPath), timeoutMs }, waitMs);
    // What is not healthy is not measured.
    if (well.result === "failed") return [well];
    const urls = (smokes.length > 0 ? smokes : [healthPath]).map(at);
    return [
      well,
      ...(await Promise.all(smokes.map((one) => smoke({ url: at(one), timeoutMs })))),
      ...(await Promise.all(sockets.map((one) => webSocket(at(one), timeoutMs)))),
      ...(await load({ ...bounds, urls })),
      ...(alertmanager ? [await alertsQuiet(alertmanager, timeoutMs, namespace)] : []),
      ...(values.logs === undefined ? [] : [logsClean(await contentOf(values.logs))]),
    ];
  };
}

function stageOf(environment: string, project: string): Stage {
  const stage = meaningOf(environment, project === "." ? undefined : project);
  if (stage) return stage;
  throw new UsageError(
    `"${environment}" stands for no environment: dev, review, staging, production, or a name of one.`,
  );
}
