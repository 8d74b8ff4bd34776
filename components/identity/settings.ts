import type { types } from "@pulumi/kubernetes";
import type { AppArgs } from "../app/args.ts";
import { sized } from "../resources.ts";
import type { IdentityArgs } from "./args.ts";

/** Port that Keycloak serves on. */
export const port = 8080;
/** Port on which it tells whether it is well: nothing but the kubelet reaches it. */
const management = 9000;
/** Port on which its pods tell each other what has changed, encrypted by keys of their own. */
export const peers = 7800;

/** The variables of its first administrator. */
export const own = { user: "KC_BOOTSTRAP_ADMIN_USERNAME", password: "KC_BOOTSTRAP_ADMIN_PASSWORD" } as const;

export const folder = "/opt/keycloak/data";

/** Parts the database's address into what Keycloak asks for. A password of a link has no character that an address would write otherwise. */
export const whereItsDatabaseIs = `rest="\${DATABASE_URL#*://}"
export KC_DB_USERNAME="\${rest%%:*}"
rest="\${rest#*:}"
export KC_DB_PASSWORD="\${rest%%@*}"
rest="\${rest#*@}"
export KC_DB_URL_HOST="\${rest%%:*}"
rest="\${rest#*:}"
export KC_DB_URL_PORT="\${rest%%/*}"
rest="\${rest#*/}"
export KC_DB_URL_DATABASE="\${rest%%\\?*}"
export KC_DB_URL_PROPERTIES="?\${rest#*\\?}"
unset DATABASE_URL rest
`;

/** Lays the realms down, and starts what was built: `start-dev` is nowhere. */
export const start = `${whereItsDatabaseIs}mkdir -p ${folder}/import
number=0
for realm in $REALMS; do
  eval "printf %s \\"\\$REALM_$number\\"" > "${folder}/import/$realm.json"
  number=$((number + 1))
done
exec /opt/keycloak/bin/kc.sh start --optimized --import-realm
`;

/** What a pod asks for where nothing is said. */
export const usualSize = { cpu: "250m", memory: "1250Mi" };

/** The app that it is. */
export function appOf(args: IdentityArgs, tasks: AppArgs["tasks"]): AppArgs {
  const { environment, image, database, url, realms = {}, secrets, scale, edge, nodePort } = args;
  const [first = "master"] = Object.keys(realms);
  return {
    environment,
    image,
    command: ["sh", "-ec", start],
    port,
    links: { DATABASE_URL: { ...database, postgres: { ...database.postgres!, owns: true } } },
    secrets: { ...secrets, [own.password]: { generate: 32 } },
    variables: {
      [own.user]: "administrator",
      KC_HOSTNAME: url,
      KC_HTTP_ENABLED: "true",
      KC_HTTP_PORT: String(port),
      KC_PROXY_HEADERS: "xforwarded",
      REALMS: Object.keys(realms).join(" "),
      ...Object.fromEntries(Object.values(realms).map((realm, index) => [`REALM_${index}`, realm])),
    },
    health: {
      live: "/health/live",
      start: "/health/started",
      startSeconds: 180,
      ready: "/health/ready",
      verify: `/realms/${first}/.well-known/openid-configuration`,
    },
    tasks,
    resources: sized(args.resources, usualSize),
    writablePaths: { [folder]: "256Mi" },
    scale,
    edge,
    nodePort,
  };
}

/** Its health is asked on the port that the world does not reach. */
export function askedApart(spec: types.input.apps.v1.DeploymentSpec): types.input.apps.v1.DeploymentSpec {
  const template = spec.template as types.input.core.v1.PodTemplateSpec;
  const pod = template.spec as types.input.core.v1.PodSpec;
  const [app, ...others] = pod.containers as types.input.core.v1.Container[];
  const probes = ["startupProbe", "readinessProbe", "livenessProbe"] as const;
  const apart = Object.fromEntries(
    probes.map((probe) => {
      const asked = app![probe] as types.input.core.v1.Probe;
      return [probe, { ...asked, httpGet: { ...(asked.httpGet as object), port: management } }];
    }),
  );
  const ports = [...(app!.ports as []), { name: "management", containerPort: management }];
  const containers = [{ ...app!, ...apart, ports }, ...others];
  return { ...spec, template: { ...template, spec: { ...pod, containers } } };
}
