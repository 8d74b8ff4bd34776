import { explain } from "../../cli/explain/explain.ts";
import { aboutSystem } from "../aboutSystem.ts";
import { command } from "../command.ts";

/** `npm run -s explain -- [system] [component] [--environment NAME] [--json]`. */
await command((argv) => aboutSystem("explain", explain, argv));
