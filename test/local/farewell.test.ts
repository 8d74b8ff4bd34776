import { match } from "node:assert/strict";
import { farewell } from "../../local/farewell.ts";
import { newTally } from "../../local/stack/engine-events.ts";

describe("the last words of npm start", () => {
  const system = { name: "mecapy", folder: "mecapy", project: { name: "mecapy" } };
  const wish = { system, environment: "dev", preview: false, edge: false } as const;
  const tally = { ...newTally(), changes: { create: 3 }, declared: 51 };

  it("say how many resources a preview saw, and by how many rules they were judged", () => {
    const words = farewell({ ...wish, preview: true }, tally, {}, false);
    match(
      words,
      /^\nPreview of mecapy dev: 3 to create\. 51 resources were judged by 1\d\d rules\. Nothing was touched\.$/,
    );
  });

  it("say where the system answers, and what asks all that it needs", () => {
    const words = farewell(wish, tally, { url: "http://127.0.0.1:20001", health: "/health" }, true);
    match(words, /mecapy dev is up and healthy: 3 made\.\n\n {2}http:\/\/127\.0\.0\.1:20001\n/);
    match(words, /curl -s http:\/\/127\.0\.0\.1:20001\/health /);
    match(words, /npm start -- mecapy staging/);
  });
});
