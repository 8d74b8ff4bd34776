// The least that a release needs: it says which one it is, and how it is.
import { createServer } from "node:http";

const { PORT = "3000", RELEASE = "", READY = "yes", HEALTH = "ok", BAD_AFTER = "" } = process.env;
let served = 0;
let ending = false;

const server = createServer(({ url }, response) => {
  if (ending) response.setHeader("connection", "close");
  const answer = (status, body) => response.writeHead(status).end(JSON.stringify(body));
  if (url === "/live") return answer(200, {});
  if (url === "/ready") return answer(READY === "yes" ? 200 : 503, { reason: "it was made never to be ready" });
  if (url === "/api/health") {
    if (BAD_AFTER !== "" && served >= Number(BAD_AFTER)) return answer(503, { status: "broken under traffic" });
    return answer(200, { status: HEALTH });
  }
  served++;
  return answer(200, { release: RELEASE });
});

process.on("SIGTERM", () => {
  ending = true;
  setTimeout(() => server.close(() => process.exit(0)), 3000);
});
server.keepAliveTimeout = 60_000;
server.listen(Number(PORT), () => console.log(`release ${RELEASE} listens on ${PORT}`));
