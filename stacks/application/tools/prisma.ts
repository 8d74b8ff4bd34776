import { bring, reasonOf } from "../schema.ts";

/** Stands in for Prisma's command: what it says, and the code it ends with. An older image does nothing on a newer schema. */
async function main(command: string): Promise<string> {
  if (command === "migrate deploy") {
    const names = await bring("up");
    if (names.length === 0) return "No pending migrations to apply.";
    return [
      ...names.map((name) => `Applying migration \`${name}\``),
      "All migrations have been successfully applied.",
    ].join("\n");
  }
  throw new Error(`the stand-in for prisma knows \`migrate deploy\`, and not \`${command}\``);
}

main(process.argv.slice(2).join(" ")).then(
  (message) => console.log(message),
  (error: unknown) => {
    console.error(`Error: ${reasonOf(error)}`);
    process.exitCode = 1;
  },
);
