/**
 * How long `pulumi preview` takes and how much memory the program: AVNIR's dev, and every component many times over, against
 * programs written by hand that declare the same objects; and what the loader gains against ts-node. Run it after `npm start`:
 *
 *     eval "$(npm run -s env)" && node bench/preview.ts
 *
 * Prints medians and the machine's load.
 */
import { loadavg } from "node:os";
import { flagship } from "./preview/flagship.ts";
import { growth } from "./preview/growth.ts";
import { Trials } from "./preview/trials.ts";

const project = process.env["PULUMI_OPTION_CWD"];
if (!project) throw new Error('type first: eval "$(npm run -s env)"');
const trials = new Trials(project);
try {
  for (const line of await flagship(trials, project)) console.log(line);
  for (const line of await growth(trials)) console.log(line);
  console.log(`machine load ${loadavg()[0]!.toFixed(1)}`);
} finally {
  trials.end();
}
