import { picture } from "../../cli/picture/picture.ts";
import { aboutSystem } from "../aboutSystem.ts";
import { command } from "../command.ts";

/** `npm run -s picture -- [system] [--output FILE]`. */
await command((argv) => aboutSystem("picture", picture, argv));
