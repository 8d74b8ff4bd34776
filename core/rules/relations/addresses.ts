import { nameWords } from "../nameWords.ts";
import type { Field } from "../reading/field.ts";
import type { Inventory } from "../reading/inventory.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { type Answer, anyOf } from "./answer.ts";
import { isPostgresCluster } from "./databases.ts";
import type { Environment } from "./environment.ts";
import { servicesOf, sure } from "./services.ts";

/** A name by which pods reach a database. */
export interface Address {
  readonly name: string;
  readonly namespace: string | undefined;
}

/** The names of a database's Services; those of a CloudNativePG Cluster its operator makes. */
export function addressesOf(database: KubernetesObject, inventory: Inventory): Address[] {
  const { name, namespace } = database;
  if (isPostgresCluster(database)) {
    return name === undefined ? [] : ["rw", "ro", "r"].map((way) => ({ name: `${name}-${way}`, namespace }));
  }
  const services = sure(servicesOf({ object: database, inventory }));
  return services.flatMap((one) => (one.name === undefined ? [] : [{ name: one.name, namespace: one.namespace }]));
}

const place = /^(HOST|HOSTNAME|PGHOST|SERVER|ADDRESS|ADDR|ENDPOINT)$/;
const connection = /^(URL|URI|DSN|HOST|HOSTNAME|PGHOST|SERVER|ADDRESS|ADDR|ENDPOINT|CONNECTION)$/;

/** Whether a container is told one of these addresses: alone, or in a URL or a connection string. */
export function isTold({ variables, open }: Environment, addresses: readonly Address[]): Answer {
  const answers = [...variables].map(([name, value]) => tells(name, value, addresses));
  return anyOf([...answers, open ? "unknown" : "no"]);
}

/** The variables that surely hold one of these addresses. */
export function tellers({ variables }: Environment, addresses: readonly Address[]): string[] {
  return [...variables].flatMap(([name, value]) => (tells(name, value, addresses) === "yes" ? [name] : []));
}

function tells(name: string, value: Field, addresses: readonly Address[]): Answer {
  const last = nameWords(name).at(-1) ?? "";
  if (value.unknown) return connection.test(last) ? "unknown" : "no";
  return names(value.text ?? "", place.test(last), addresses) ? "yes" : "no";
}

/** Whether a text, such as a command line, names one of these addresses. */
export function names(text: string, alone: boolean, addresses: readonly Address[]): boolean {
  const found = [
    ...[...text.matchAll(/:\/\/(?:[^@/\s]*@)?([^/?\s"']+)/g)].flatMap(([, hosts = ""]) => hosts.split(",")),
    ...[...text.matchAll(/(?:\bhost=|--host[= ]|-h ?)([\w.-]+)/g)].map(([, host = ""]) => host),
    ...(alone ? [text.trim()] : []),
  ];
  return found.some((host) => {
    const [first, second] = host.replace(/:\d+$/, "").split(".");
    return addresses.some(
      ({ name, namespace }) =>
        first === name && (second === undefined || namespace === undefined || second === namespace),
    );
  });
}
