import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { formatParts, inspectAll } from "../doctor.ts";

await command(async () => {
  console.log(formatParts(await inspectAll(await openClone())));
  return 0;
});
