import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";

/*
 * Most of a start is compiling: the SDK's own modules and ours. Node keeps what it compiled for the next start, in a folder
 * that belongs to whoever installed the pack; where it can't write it goes without. The engine ends a pack without letting
 * it leave, so it is written while the pack serves.
 */
enableCompileCache(join(import.meta.dirname, "node_modules/.cache"));
setTimeout(flushCompileCache, 1000).unref();
