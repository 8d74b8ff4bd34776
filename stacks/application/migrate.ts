import { bring, reasonOf, type Way } from "./schema.ts";

const said = { up: "applied", down: "taken back", status: "to be applied" } as const;

async function main(command: string | undefined): Promise<string> {
  if (command === undefined || !(command in said)) throw new Error("usage: node migrate.ts up|down|status");
  const [names, verb] = [await bring(command as Way), said[command as Way]];
  return names.length === 0 ? `nothing ${verb}` : `${verb}: ${names.join(", ")}`;
}

main(process.argv[2]).then(
  (message) => console.log(message),
  (error: unknown) => {
    console.error(`migration failed: ${reasonOf(error)}`);
    process.exitCode = 1;
  },
);
