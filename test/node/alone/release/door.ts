import { get } from "node:http";
import type { Weighed } from "../../../../components/edge/weighed.ts";
import type { Machine } from "../../machine.ts";

/** By where an app is asked, and what its program is told of it. */
export interface Door {
  url: string;
  headers: Record<string, string>;
  config: Record<string, unknown>;
  weighed?: Weighed;
}

export function atNodePort({ nodePortFirst }: Machine): Door {
  const port = nodePortFirst + 60;
  return { url: `http://127.0.0.1:${port}/`, headers: {}, config: { "release:nodePort": port } };
}

let doors = 0;

/** Through a real Traefik, by a host that nothing has which an earlier run may have left. */
export function throughTraefik(api: "ingress" | "gateway", ports: { http: number }): Door {
  const host = `${api}-${process.pid}-${++doors}.release.example`;
  return {
    url: `http://127.0.0.1:${ports.http}/`,
    headers: { host },
    config: { "release:host": host, "release:edge": { family: "traefik", api, httpPort: 8000, httpsPort: 8443 } },
    weighed: { kind: api === "gateway" ? "HTTPRoute" : "TraefikService", name: "api-edge" },
  };
}

/** Which release answers a new connection; undefined where none does. */
export function said({ url, headers }: Door): Promise<string | undefined> {
  return new Promise((done) => {
    const call = get(url, { headers, agent: false }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      answer.on("end", () => done(answer.statusCode === 200 ? JSON.parse(text).release : undefined));
    });
    call.on("error", () => done(undefined));
  });
}
