// Debian's buildah from the cache, under the name and with the words of one that is installed.
import { type Builder, buildah, ToolFailed } from "../../../local/images/builder.ts";

const builder: Builder = JSON.parse(process.env["PALIER_TEST_BUILDER"]!);
try {
  await buildah(builder, process.argv.slice(2), { say: (line) => console.error(line) });
} catch (error) {
  if (!(error instanceof ToolFailed)) throw error;
  process.exitCode = 125;
}
