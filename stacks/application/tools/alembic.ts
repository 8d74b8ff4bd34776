import { bring, reasonOf, unknownHere } from "../schema.ts";

/** What Alembic ends with where it refuses by itself; an error of the database's ends it with 1. */
const refused = 255;

/** Stands in for Alembic's command: what it says, and the code it ends with. On a schema that is newer than the image it refuses. */
async function main(command: string): Promise<void> {
  const way = { "upgrade head": "up", "downgrade -1": "down" } as const;
  if (!(command in way)) return refuse(`the stand-in for alembic knows ${Object.keys(way).join(" and ")}`);
  const [unknown] = (await unknownHere()).reverse();
  if (unknown !== undefined) return refuse(`Can't locate revision identified by '${unknown}'`);
  for (const name of await bring(way[command as keyof typeof way]))
    console.error(`INFO  Running ${command.split(" ")[0]} ${name}`);
}

function refuse(why: string): void {
  console.error(`FAILED: ${why}`);
  process.exitCode = refused;
}

main(process.argv.slice(2).join(" ")).catch((error: unknown) => {
  console.error(reasonOf(error));
  process.exitCode = 1;
});
