import { envExample } from "../../cli/envExample/envExample.ts";
import { aboutSystem } from "../aboutSystem.ts";
import { command } from "../command.ts";

/** `npm run -s env-example -- [system] [app] [--environment NAME] [--output FILE]`. */
await command((argv) => aboutSystem("env-example", envExample, argv));
