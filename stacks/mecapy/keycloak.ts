import * as palier from "../../index.ts";
import type { SavedTo } from "../backup.ts";
import type { settings } from "./settings.ts";

/** How the API reaches Keycloak, and Keycloak itself where it is this stack's own. */
interface Keycloak {
  links: { [variable: string]: palier.Link };
  /** What the API is told without a link: an address that nothing answers at yet. */
  variables: { [variable: string]: string };
}

/** Its own where the stack file names an image of it; otherwise whoever runs the one at `keycloakUrl`. */
export function keycloak(
  environment: palier.Environment,
  db: palier.Postgres,
  config: ReturnType<typeof settings>,
  savedTo?: SavedTo,
): Keycloak {
  const { hostname, port, protocol } = new URL(config.keycloakUrl);
  const known = hostname.includes(".");
  const outside = () =>
    palier.outside({ host: hostname, port: port === "" ? 443 : Number(port), scheme: protocol.slice(0, -1) });
  const { keycloak: image } = config.images;
  const own = image && identity(environment, db, config, { image, host: hostname, savedTo });
  if (!own) {
    if (known) return { links: { KEYCLOAK_URL: outside() }, variables: {} };
    return { links: {}, variables: { KEYCLOAK_URL: config.keycloakUrl } };
  }
  // Tokens name the address that people know; what is asked behind it need not leave the cluster.
  const links: { [variable: string]: palier.Link } = known
    ? { KEYCLOAK_URL: outside(), KEYCLOAK_INTERNAL_URL: own.link }
    : { KEYCLOAK_URL: own.link };
  return { links, variables: {} };
}

function identity(
  environment: palier.Environment,
  db: palier.Postgres,
  config: ReturnType<typeof settings>,
  { image, host, savedTo }: { image: string; host: string; savedTo?: SavedTo },
): palier.Identity {
  const of = db.links["keycloak"]!;
  if (savedTo) {
    const drill = {
      identity: savedTo.identity,
      assertions: [{ sql: "SELECT count(*) FROM public.realm", atLeast: 1 }],
    };
    new palier.Backup("keycloak-backup", { environment, of, ...savedTo.how, keep: { days: 30 }, drill });
  }
  return new palier.Identity("keycloak", {
    environment,
    image,
    database: of,
    url: config.keycloakUrl,
    edge: environment.edge && { host },
    realms: { mecapy: JSON.stringify(realm(config.url)) },
    export: savedTo?.how,
    secrets: { KEYCLOAK_CLIENT_SECRET: { config: true } },
  });
}

/** What a new Keycloak begins with: who may ask for tokens. People and roles are made in its console. */
const realm = (url: string) => ({
  realm: "mecapy",
  enabled: true,
  clients: [
    { clientId: "mecapy-api", secret: `\${KEYCLOAK_CLIENT_SECRET}`, serviceAccountsEnabled: true },
    { clientId: "mecapy-frontend", publicClient: true, redirectUris: [`${url}/*`], webOrigins: [url] },
  ],
});
