import { isPropertyMap, type PropertyMap, reveal } from "../../grpc/values.ts";
import { annotation } from "./model/annotations.ts";
import { at } from "./model/object.ts";
import type { Session } from "./session.ts";

/** What the official plugin warns of as soon as it reads the inputs. */
export async function advise(session: Session, urn: string, news: PropertyMap): Promise<void> {
  for (const warning of warnings(news, session.config)) await session.log.log("warning", warning, { urn });
}

export function warnings(news: PropertyMap, config: { suppressHelmHookWarnings: boolean }): string[] {
  const annotations = at(reveal(news), "metadata", "annotations");
  const keys = isPropertyMap(annotations) ? Object.keys(annotations) : [];
  const hooks = keys.filter((key) => key.startsWith("helm.sh/hook"));
  return [
    ...keys
      .filter((key) => key === annotation.autonamed)
      .map((key) => `ignoring user-specified value for internal annotation ${JSON.stringify(key)}`),
    ...(hooks.length > 0 && !config.suppressHelmHookWarnings
      ? [
          `${hooks.join(", ")}: the object is made, but hooks of Helm are not run (suppressHelmHookWarnings ends this warning)`,
        ]
      : []),
  ];
}
