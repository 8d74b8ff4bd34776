import { type Column, cell, changeCell, columnsFor } from "./columns.ts";
import type { Compared } from "./compared.ts";
import { differenceOf, type Range, type Row, sumOf } from "./costs.ts";
import type { Prices } from "./prices.ts";

type Line = readonly string[];

/** The environments one after another, as text. */
export function table(all: readonly Compared[], prices?: Prices): string {
  const columns = columnsFor(prices);
  const blocks = all.map((one) => ({ lines: linesOf(one, columns), after: notCounted(one) }));
  const widths = ["", ...columns].map((_, index) =>
    Math.max(...blocks.flatMap(({ lines }) => lines.map((line) => line[index]?.length ?? 0))),
  );
  const laid = (line: Line) => line.map((text, index) => text.padEnd(widths[index]! + 3)).join("");
  const texts = blocks.map(({ lines, after }) => [...lines.map((line) => laid(line).trimEnd()), ...after].join("\n"));
  return `${texts.join("\n\n")}\n`;
}

function linesOf({ environment, now, before }: Compared, columns: readonly Column[]): Line[] {
  const [sum, earlier] = [sumOf(now.components), before && sumOf(before.components)];
  const unpriced = columns.filter(({ money }) => !money);
  const running = besides(now.whileRunning, before?.whileRunning, unpriced);
  return [
    [environment, ...columns.map(({ title }) => title)],
    ...besides(now.components, before?.components, columns),
    ["sum", ...cells(sum, columns)],
    ...(earlier ? [["  before", ...cells(earlier, columns)]] : []),
    ...(earlier ? [["  difference", ...columns.map((column) => changeCell(column, differenceOf(sum, earlier)))]] : []),
    ...(running.length > 0 ? [["while it runs, in no sum"], ...running] : []),
  ];
}

/** Each row, and below it what it was where that is something else. */
function besides(now: readonly Row[], before: readonly Row[] | undefined, columns: readonly Column[]): Line[] {
  const names = [...new Set([...now, ...(before ?? [])].map(({ component }) => component))];
  return names.flatMap((name) => {
    const [line, earlier] = [now, before].map((rows) =>
      cells(
        rows?.find(({ component }) => component === name),
        columns,
      ),
    );
    const same = before === undefined || line!.join() === earlier!.join();
    return [[name, ...line!], ...(same ? [] : [["  before", ...earlier!]])];
  });
}

function cells(range: Range | undefined, columns: readonly Column[]): Line {
  return columns.map((column) => (range ? cell(column, range) : "–"));
}

function notCounted({ now }: Compared): Line {
  return now.notCounted.length > 0 ? ["not counted", ...now.notCounted.map((what) => `  ${what}`)] : [];
}
