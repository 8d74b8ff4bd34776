import type { Picture, Section } from "./section.ts";
import { sideBySide } from "./sideBySide.ts";
import { table } from "./table.ts";

/** How many pods, and what each of them takes. */
export function sizesSection({ stacks }: Picture): Section {
  const names = stacks.map(({ stack }) => stack);
  const workloads = sideBySide(
    stacks,
    ({ workloads }) => workloads,
    ({ place }) => `${place.name} ${place.about}`,
  );
  const rows = workloads.flatMap(({ item: { place, sizes }, in: there }) =>
    Object.keys(sizes).map((size) => {
      const values = names.map((stack) => there.get(stack)?.sizes[size] ?? "–");
      return { heads: [`${place.name} (${place.about})`, size], values };
    }),
  );
  const shown = rows.filter(({ heads, values }) => heads[1] !== "Storage" || values.some((value) => value !== "none"));
  const caption = "Pods of each workload, and what each pod asks for and is held to";
  return {
    id: "sizes",
    title: "Sizes",
    content: table(caption, { heads: ["Workload", "Size"], stacks: names }, shown),
  };
}
