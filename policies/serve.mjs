// The SDK runs packs under ts-node, which would check all types at each start. An ES module is Node's own matter.
import "./index.ts";
