import { cost } from "../../cli/cost/cost.ts";
import { aboutSystem } from "../aboutSystem.ts";
import { command } from "../command.ts";

/** `npm run -s cost -- [system] [--environment NAME] [--prices FILE] [--against FILE] [--json]`. */
await command((argv) => aboutSystem("cost", cost, argv));
