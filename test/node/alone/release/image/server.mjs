// The least that a release needs: it says which one it is, and how it is.
import { createServer } from "node:http";

const {
  PORT = "3000",
  RELEASE = "",
  READY = "yes",
  HEALTH = "ok",
  BAD_AFTER = "",
  BAD_EVERY = "",
  CRASH = "",
} = process.env;
let served = 0;
let ending = false;

/** What Prometheus reads: requests by their status, and how long they took. */
const requests = { 200: 0, 500: 0 };
const bounds = [0.005, 0.05, 0.5, 5];
const within = bounds.map(() => 0);

function metrics() {
  const all = requests[200] + requests[500];
  const counted = Object.entries(requests).filter(([, count]) => count > 0);
  return [
    ...counted.map(([status, count]) => `http_requests_total{status="${status}"} ${count}`),
    ...bounds.map((bound, index) => `http_request_duration_seconds_bucket{le="${bound}"} ${within[index]}`),
    `http_request_duration_seconds_bucket{le="+Inf"} ${all}`,
    "",
  ].join("\n");
}

function count(status, since) {
  requests[status]++;
  const took = (performance.now() - since) / 1000;
  for (const [index, bound] of bounds.entries()) if (took <= bound) within[index]++;
}

const server = createServer(({ url }, response) => {
  const since = performance.now();
  if (ending) response.setHeader("connection", "close");
  const answer = (status, body) => response.writeHead(status).end(JSON.stringify(body));
  if (url === "/live") return answer(200, {});
  if (url === "/ready") return answer(READY === "yes" ? 200 : 503, { reason: "it was made never to be ready" });
  if (url === "/api/health") {
    if (BAD_AFTER !== "" && served >= Number(BAD_AFTER)) return answer(503, { status: "broken under traffic" });
    return answer(200, { status: HEALTH });
  }
  if (url === "/metrics") return response.writeHead(200, { "content-type": "text/plain" }).end(metrics());
  served++;
  const status = BAD_EVERY !== "" && served % Number(BAD_EVERY) === 0 ? 500 : 200;
  answer(status, { release: RELEASE });
  return count(status, since);
});

process.on("SIGTERM", () => {
  ending = true;
  setTimeout(() => server.close(() => process.exit(0)), 3000);
});
if (CRASH !== "") {
  console.log("it was made to end again and again");
  process.exit(3);
}
server.keepAliveTimeout = 60_000;
server.listen(Number(PORT), () => console.log(`release ${RELEASE} listens on ${PORT}`));
