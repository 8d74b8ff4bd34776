import { bytes } from "../../../core/quantity.ts";
import { type Room, tuned } from "../parameters.ts";
import { fixed, logged } from "../settings.ts";
import { owned } from "./owned.ts";

const mebibyte = 2 ** 20;

/** Libraries that the servers load as they start, which the operator takes apart from the parameters. */
const libraries = "shared_preload_libraries";

/** What the servers are told. @param wal Size of the volume with the write-ahead log. @param own What the program says itself. */
export function clusterParameters(room: Room, wal: string, own: { [name: string]: string } = {}) {
  const derived = { ...fixed, ...tuned({ ...room, storage: wal }), ...retained(wal), ...logged };
  const kept = Object.entries(derived).filter(([name]) => !owned.has(name));
  const { [libraries]: loaded, ...parameters } = { ...Object.fromEntries(kept), ...own };
  const preload = loaded?.split(",").map((one) => one.trim());
  return { parameters, ...(preload ? { [libraries]: preload.filter((one) => one !== "") } : {}) };
}

/** What is kept for a replica that lags. One that is away for longer is made anew, before the volume is full for all. */
function retained(wal: string): { [name: string]: string } {
  const size = (bytes(wal) ?? 0) / mebibyte;
  const share = (part: number, most: number) => `${Math.max(32, Math.min(most, Math.floor(size / part)))}MB`;
  return { wal_keep_size: share(16, 512), max_slot_wal_keep_size: share(4, 1024 * 1024) };
}
