import type { Explained } from "../explain/rows.ts";
import type { Html } from "./html.ts";
import type { StackPicture } from "./stackPicture.ts";

/** All that a page shows of a project. */
export interface Picture {
  readonly project: string;
  readonly stacks: readonly StackPicture[];
  readonly components: readonly Explained[];
}

/** A part of the page that the list at its top leads to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}
