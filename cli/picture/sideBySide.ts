import { isDeepStrictEqual } from "node:util";
import type { StackPicture } from "./stackPicture.ts";

/** One thing as it is in each environment. */
export interface Compared<Item> {
  /** As it is in the first environment that has it. */
  readonly item: Item;
  /** By the stack; none where it is not there. */
  readonly in: ReadonlyMap<string, Item>;
  readonly differs: boolean;
}

/** The items of all stacks, each once, by a key that tells them apart; in the order in which they first come. */
export function sideBySide<Item>(
  stacks: readonly StackPicture[],
  itemsOf: (stack: StackPicture) => readonly Item[],
  keyOf: (item: Item) => string,
): Compared<Item>[] {
  const found = new Map<string, Map<string, Item>>();
  for (const one of stacks) {
    for (const item of itemsOf(one)) {
      const there = found.get(keyOf(item)) ?? new Map<string, Item>();
      found.set(keyOf(item), there.set(one.stack, item));
    }
  }
  return [...found.values()].map((there) => {
    const [item, ...others] = there.values();
    const differs = there.size < stacks.length || others.some((other) => !isDeepStrictEqual(other, item));
    return { item: item!, in: there, differs };
  });
}
