import { join } from "node:path";
import { debianEnvironment, debianParts, debianRoot, debianVersions } from "./debian.ts";
import type { Step } from "./steps.ts";

/** Chromium without a window, and letters for it to draw. */
const browserPackages = ["chromium-headless-shell", "fonts-dejavu-core"];

/** A browser of this machine's cache. */
export interface Browser {
  readonly program: string;
  readonly env: Record<string, string>;
  /** Folder of the letters that it draws with. */
  readonly fonts: string;
}

/** Fetches Debian's Chromium into the cache, about 80 MB to load and 300 MB on the disk; nothing is installed. */
export async function fetchBrowser(step: Step, cache: string): Promise<Browser> {
  return browserIn(await debianParts(step, cache, browserPackages));
}

/** The browser that is in the cache; undefined where nobody has fetched it. */
export async function cachedBrowser(cache: string): Promise<Browser | undefined> {
  const there = (await debianVersions(cache, browserPackages)).length > 0;
  return there ? browserIn(debianRoot(cache, browserPackages)) : undefined;
}

function browserIn(root: string): Browser {
  const env = debianEnvironment(root);
  const libraries = env["LD_LIBRARY_PATH"]!.split(":");
  // A library of it finds a part of its own by the folder that it was built with.
  const sound = libraries.map((folder) => join(folder, "pulseaudio"));
  return {
    program: join(root, "usr/lib/chromium/chromium-headless-shell"),
    env: { ...env, LD_LIBRARY_PATH: [...libraries, ...sound].join(":") },
    fonts: join(root, "usr/share/fonts"),
  };
}
