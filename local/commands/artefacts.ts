import { artefacts } from "../../cli/artefacts/artefacts.ts";
import { aboutSystem } from "../aboutSystem.ts";
import { command } from "../command.ts";

/** `npm run -s artefacts -- [system] --output FOLDER [--commands FILE]`. */
await command((argv) => aboutSystem("artefacts", artefacts, argv));
