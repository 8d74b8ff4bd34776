import { readOptions } from "../options.ts";
import { UsageError } from "../usage.ts";
import { mayComeBack } from "./mayComeBack.ts";
import { placeOf, placeOptions } from "./place.ts";
import { goBack, wayFor } from "./way.ts";

const usage = `palier rollback [options] STACK [RELEASE]

Brings a release back that was found good: writes its image into the stack's configuration and runs pulumi up --refresh.
No migration runs. What a migration has taken away since can't be missed: that is refused before anything is done.
  STACK                 the environment: production
  RELEASE               which one, as palier status tells (default: the one before)
  --app NAME            which app (default: the only one)
  --plan                only says what would be done
  --check IMAGE         only says whether this image, with its digest, can come back, whoever brings it; again for more
  --project FOLDER, --context NAME, --kubeconfig FILE, --namespace NAME
                        as of palier status

Exit code: 0 it serves, or can come back, 2 it can't come back, else that of pulumi.`;

const options = {
  ...placeOptions,
  app: { type: "string" },
  plan: { type: "boolean" },
  check: { type: "string", multiple: true },
} as const;

/** `palier rollback`. Resolves to the exit code. */
export async function rollback(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("rollback", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [stack, release, ...more] = positionals;
  if (!stack || more.length > 0)
    throw new UsageError("name one STACK, and one RELEASE at most. See palier rollback --help.");
  const place = placeOf(stack, values);
  if (values.check) {
    if (release || values.app || values.plan)
      throw new UsageError("--check goes alone: it names what is to come back.");
    for (const line of await mayComeBack(place, values.check)) console.log(line);
    return 0;
  }
  const way = await wayFor(place, { app: values.app, release });
  const { app, serves, back, path } = way;
  console.log(`${app}: ${serves.release} → ${back.release}, which was found good at ${back.at}: ${path}`);
  return values.plan ? 0 : goBack(place, way);
}
