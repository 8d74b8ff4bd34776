// Apps behind a real Traefik: one that shows what it was asked, one with a limit, one behind a password, one with a certificate of
// somebody else's, and the page that stands in for the first.
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";

/** What the test tells the program. */
export interface Served {
  api: "ingress" | "gateway";
  version: string;
  maintenance: boolean;
  /** Lines of htpasswd. */
  users: string;
  /** A certificate that is none of Palier's, and its key. */
  given: { certificate: string; key: string };
  /** Another Secret with one, which the program does not make. */
  secret?: string;
}

const {
  api: way,
  version,
  maintenance,
  users,
  given,
  secret,
} = new pulumi.Config("edge").requireObject<Served>("served");
const images = new pulumi.Config("avnir").requireObject<{ node: string }>("images");
/** Both APIs are served by one Traefik: none has a host of the other's. */
const hostOf = (app: string) => `${app}.${way}.avnir.example`;
const ports = { httpPort: 8000, httpsPort: 8443 };
const environment = new palier.Environment("avnir", {
  edge: { family: "traefik", api: way, generated: true, ...ports },
});

/** Says what it was asked, counts what is sent, and speaks over WebSockets; it ends in good order. */
const serve = `
const { createHash } = require("crypto");
const open = new Set();
let ending = false;
const server = require("http").createServer(async (request, answer) => {
  const url = new URL(request.url, "http://app");
  if (ending) answer.setHeader("connection", "close");
  if (process.env.PAGE && !["/live", "/ready"].includes(url.pathname)) {
    answer.writeHead(503, { "retry-after": "120" });
    return answer.end("back soon");
  }
  let bytes = 0;
  for await (const part of request) bytes += part.length;
  await new Promise((done) => setTimeout(done, Number(url.searchParams.get("ms") ?? 0)));
  const { host, authorization } = request.headers;
  if (url.pathname === "/long") return answer.setHeader("content-type", "text/plain").end("palier ".repeat(1000));
  answer.end(JSON.stringify({ path: url.pathname, bytes, host, authorization, version: process.env.VERSION }));
});
server.on("upgrade", (request, socket) => {
  const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest("base64");
  socket.write("HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: " + accept + "\\r\\n\\r\\n");
  open.add(socket);
  socket.on("close", () => open.delete(socket)).on("error", () => socket.destroy());
  socket.on("data", (data) => {
    if ((data[0] & 15) === 8) return socket.end(Buffer.from([0x88, 0]));
    const mask = data.subarray(2, 6);
    const text = data.subarray(6, 6 + (data[1] & 127)).map((byte, at) => byte ^ mask[at % 4]);
    socket.write(Buffer.concat([Buffer.from([0x81, text.length]), text]));
  });
});
server.listen(process.env.PORT);
process.on("SIGTERM", () => {
  ending = true;
  for (const socket of open) socket.end(Buffer.from([0x88, 2, 3, 233]));
  server.close(() => process.exit(0));
});
`;
const health = { live: "/live", ready: "/ready" };
const runs = { environment, image: images.node, command: ["node", "-e", serve], health };

const page = new palier.App("page", { ...runs, variables: { PAGE: "yes" } });
new palier.App("shown", {
  ...runs,
  variables: { VERSION: version },
  edge: {
    host: hostOf("shown"),
    cors: { origins: ["https://app.avnir.example"], credentials: true },
    headers: { "Permissions-Policy": "camera=()" },
    rewrites: { "/api": "/", "/v1": "/v2" },
    redirects: { "/old": { to: "/new", permanent: true }, "/docs": { to: "https://docs.avnir.example/start" } },
    webSockets: true,
    compress: true,
    maintenance: { on: maintenance, page: page.link },
  },
});
new palier.App("limited", { ...runs, edge: { host: hostOf("limited"), rateLimitPerMinute: 20 } });

const metadata = { namespace: environment.namespace };
const guards = new k8s.core.v1.Secret("users", { metadata, stringData: { users } });
const timeoutSeconds = way === "ingress" ? { timeoutSeconds: 2 } : {};
new palier.App("guarded", {
  ...runs,
  edge: {
    host: hostOf("guarded"),
    basicAuth: { secret: guards.metadata.name },
    bodySize: "1Mi",
    ...timeoutSeconds,
  },
});

const stringData = { "tls.crt": given.certificate, "tls.key": given.key };
const certificate = new k8s.core.v1.Secret("given", { metadata, type: "kubernetes.io/tls", stringData });
new palier.App("given", {
  ...runs,
  edge: { host: hostOf("given"), tls: { secret: secret ?? certificate.metadata.name } },
});
