import { stringify } from "yaml";
import type { Component } from "../../render/declared.ts";
import { containerOf, variablesOf } from "../envExample/variables.ts";
import { counted, type Place } from "./place.ts";

const opening = `# Made by palier artefacts of what dev declares, for whoever writes code on a machine with Docker. Each secret is asked for by name:
# put it into .env beside this file. It stands in for no environment: nothing here has its network policies, roles or rules.
`;

/** `docker-compose.dev.yml` of dev's apps and stores; undefined where no sources were named. */
export function composeFile(places: readonly Place[]): string | undefined {
  const dev = places.find(({ rendered }) => rendered.stage === "dev");
  if (!dev?.artefacts.sources) return undefined;
  const { components } = dev.rendered;
  const services = components.flatMap((one) => {
    const service = one.kind === "App" ? appService(dev, one) : storeService(dev, one);
    return service ? [[one.name, service] as const] : [];
  });
  const kept = components.filter(({ kind }) => kind === "Postgres").map(({ name }) => [`${name}-data`, {}]);
  const file = { name: dev.project, services: Object.fromEntries(services), volumes: Object.fromEntries(kept) };
  return `${opening}${stringify(file, { lineWidth: 0 })}`;
}

function appService(place: Place, app: Component) {
  const { rendered, artefacts } = place;
  const folder = artefacts.sources![app.name];
  const { image, command } = containerOf(rendered, app.name)!;
  const port = counted(app, "port")!;
  const links = linksOf(app);
  const { open, secret } = variablesOf(rendered, app.name);
  const asked = secret.filter((name) => !links.some((link) => link.variable === name && link.store));
  const clear = Object.entries(open).filter(([name]) => !name.startsWith("FEATURE_") && !name.startsWith("FLAGD_"));
  const from = folder === undefined ? { image } : { build: { context: folder, dockerfile: "Dockerfile.dev" } };
  return {
    ...from,
    ...(folder === undefined && command ? { command } : {}),
    ...(folder === undefined ? {} : { volumes: [`${folder}:/app`, "/app/node_modules"] }),
    ports: [`127.0.0.1:${port}:${port}`],
    environment: {
      ...Object.fromEntries(clear.map(([name, value]) => [name, value.replaceAll("$(PORT)", port)])),
      ...Object.fromEntries(links.flatMap(({ variable, address }) => (address ? [[variable, address]] : []))),
      ...Object.fromEntries(asked.map((name) => [name, `\${${name}:?}`])),
    },
    depends_on: [...new Set(links.flatMap(({ store, to }) => (store ? [to] : [])))],
  };

  function linksOf({ values }: Component) {
    return values.flatMap(({ argument, value }) => {
      const [, variable] = /^links\.([^.]+)$/.exec(argument) ?? [];
      if (variable === undefined) return [];
      const [to = ""] = String(value).split(":");
      const store = rendered.components.find(({ name }) => name === to);
      return [{ variable, to, store, address: store && addressOf(place, store, String(value)) }];
    });
  }
}

/** How another service reaches it; what is no store of ours is asked for by plain HTTP. */
function addressOf({ rendered }: Place, { kind, name, values }: Component, at: string): string | undefined {
  if (kind === "Postgres") {
    const database = values.flatMap(({ argument }) => /^databases\.([^.]+)/.exec(argument)?.[1] ?? [])[0];
    return `postgresql://postgres:\${POSTGRES_PASSWORD:?}@${at}/${database}`;
  }
  if (kind === "Redis") return `redis://${at}`;
  return rendered.objects("Service", name).length > 0 ? `http://${at}` : undefined;
}

function storeService({ rendered }: Place, store: Component) {
  const image = containerOf(rendered, store.name)?.image;
  const port = rendered.objects("Service", store.name)[0]?.["spec"].ports[0]?.port;
  if (store.kind === "Redis") return { image, ports: [`127.0.0.1:${port}:${port}`] };
  if (store.kind !== "Postgres") return undefined;
  const names = store.values.flatMap(({ argument }) => /^databases\.([^.]+)/.exec(argument)?.[1] ?? []);
  return {
    image,
    environment: { POSTGRES_DB: names[0], POSTGRES_PASSWORD: `\${POSTGRES_PASSWORD:?}` },
    ports: [`127.0.0.1:${port}:${port}`],
    volumes: [`${store.name}-data:/var/lib/postgresql/data`],
  };
}
