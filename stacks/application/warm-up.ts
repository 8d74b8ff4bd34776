/** Asks for what people ask first, so that nobody waits for a cold cache. */
const { SERVICE_NAME, API_PORT, PORT = "3000" } = process.env;
const base = `http://${SERVICE_NAME}:${API_PORT ?? PORT}`;

for (const path of ["/", "/api/counter"]) {
  const { ok, status } = await fetch(`${base}${path}`, { signal: AbortSignal.timeout(5_000) });
  if (!ok) throw new Error(`${path} answered ${status}`);
}
console.log("warm");
