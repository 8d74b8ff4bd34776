import { deepEqual, equal, ok } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cachedBrowser, fetchBrowser } from "../../../local/browser.ts";
import { openClone } from "../../../local/clone.ts";
import { isWhole, record } from "../../proof.ts";
import { systemNames } from "../../systems.ts";
import { temporaryFolder } from "../../temporary.ts";
import * as look from "./look.ts";
import { pictureOf } from "./pictureOf.ts";
import { openBrowser, type Shown } from "./shownBrowser.ts";

const { cache } = await openClone();
const whole = isWhole("picture");
const there = await cachedBrowser(cache);
const why = whole || there ? "" : " (skipped: no Chromium in the cache, which npm run proof -- picture fetches)";

describe(`the page of palier picture in a real browser${why}`, function () {
  this.timeout("15m");
  const folder = temporaryFolder("picture");
  let shown: Shown;

  before(async function () {
    if (why !== "") this.skip();
    const step = { say: (line: string) => console.log(`      ${line}`), progress: () => {} };
    shown = await openBrowser(there ?? (await fetchBrowser(step, cache)));
    await show("mecapy");
  });
  after(() => shown?.close());

  it("needs nothing else: no file, no address, no script", async () => {
    deepEqual([...shown.requests], [address("mecapy")]);
    equal(await shown.see("document.scripts.length"), 0);
  });

  it("is well-formed, with one name for each place", async () => {
    deepEqual(await shown.see(look.malformed), []);
  });

  for (const scheme of ["light", "dark"]) {
    it(`has words that stand out from their ground in ${scheme}`, async () => {
      await media({ features: [{ name: "prefers-color-scheme", value: scheme }] });
      const { least, ground } = await shown.see<{ least: number; ground: number }>(look.contrast);
      await media({});
      record("How the page shows", { what: `least contrast, ${scheme}`, is: `${least.toFixed(1)} : 1` });
      ok(least >= 4.5, `${least}`);
      equal(ground > 0.5, scheme === "light");
    });
  }

  it("is read by keyboard: past the list at its top, from part to part, and each part unfolds", async () => {
    await shown.press("Tab");
    deepEqual(await shown.see(look.focused), { words: "Skip to the content", seen: true });
    await shown.press("Enter");
    equal(await shown.see("document.activeElement.id"), "content");
    const stops = await shown.see<number>(look.stops);
    const parts: string[] = [];
    for (let stop = 0; stop < stops && parts.at(-1) !== "SUMMARY"; stop++) {
      await shown.press("Tab");
      parts.push(await shown.see<string>("document.activeElement.tagName"));
    }
    equal(parts.at(-1), "SUMMARY");
    await shown.press("Enter");
    ok(await shown.see("document.activeElement.parentElement.open"));
    await shown.press("Enter");
  });

  it("shows everything when it is printed, on paper of its own", async () => {
    await media({ media: "print" });
    const hidden = await shown.see(look.hiddenRows);
    await media({});
    equal(hidden, 0);
    ok((await shown.see<number>(look.hiddenRows)) > 0, "folded on the screen");
    const { data } = await shown.send("Page.printToPDF");
    ok(
      Buffer.from(data as string, "base64")
        .toString("latin1")
        .startsWith("%PDF"),
    );
  });

  it("has no page to be moved sideways on a narrow screen", async () => {
    await size(360, 800);
    ok((await shown.see<number>("document.documentElement.scrollWidth")) <= 360);
    await size(1200, 900);
  });

  it("is told to those who can't see it: the diagram by its name and its words", async () => {
    const { nodes } = (await shown.send("Accessibility.getFullAXTree")) as { nodes: look.Told[] };
    const image = nodes.find(({ role }) => role?.value === "image" || role?.value === "img");
    equal(image?.name?.value.slice(0, 17), "Who reaches what ");
    ok(image?.name?.value.includes("frontend reaches api on TCP 8000."));
  });

  for (const system of systemNames) {
    it(`draws ${system} with no words upon others, nor beyond their box`, async () => {
      const kilobytes = await show(system);
      const { texts, upon, beyond } = await shown.see<look.Drawn>(look.drawn);
      record("The pages", { system, "size in KB": kilobytes, "words in the diagram": texts });
      ok(texts > 2);
      deepEqual([upon, beyond], [[], []]);
    });
  }

  if (whole) {
    it("is taken a picture of for the README", async () => {
      await show("mecapy");
      await size(1100, 860);
      const { data } = await shown.send("Page.captureScreenshot", { format: "png" });
      const image = Buffer.from(data as string, "base64");
      ok(image.length < 300_000, `${image.length} bytes`);
      writeFileSync(join(import.meta.dirname, "../../../docs/picture.png"), image);
    });
  }

  function address(system: string): string {
    return pathToFileURL(join(folder, `${system}.html`)).href;
  }

  async function show(system: (typeof systemNames)[number]): Promise<number> {
    const text = await pictureOf(system);
    writeFileSync(join(folder, `${system}.html`), text);
    await size(1200, 900);
    await shown.send("Page.navigate", { url: address(system) });
    while (!(await shown.see(`document.readyState === "complete" && location.href === "${address(system)}"`))) {}
    return Math.ceil(text.length / 1024);
  }

  function media(features: object) {
    return shown.send("Emulation.setEmulatedMedia", { media: "", features: [], ...features });
  }

  function size(width: number, height: number) {
    return shown.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
  }
});
