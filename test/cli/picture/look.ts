/** Expressions that look at a page from within; each is a text, since a browser runs it. */

/** What a strict reader finds wrong with it. */
export const malformed = `(() => {
  const text = new XMLSerializer().serializeToString(document);
  const strict = new DOMParser().parseFromString(text, "application/xhtml+xml").querySelector("parsererror");
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const lost = [...document.querySelectorAll("a[href^='#']")].map((a) => a.hash.slice(1)).filter((id) => !ids.includes(id));
  return [...(strict ? [strict.textContent] : []), ...twice, ...lost];
})()`;

/** The least contrast of words that are to be seen, and how light the page's ground is. */
export const contrast = `(() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).map((one) => one / 255).map((one) => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const box = element.closest("g")?.querySelector("rect");
    if (box) return getComputedStyle(box).fill;
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (numbers(colour)[3] !== 0) return colour;
    }
  };
  const worded = [...document.body.querySelectorAll("*")].filter((element) =>
    !["title", "desc"].includes(element.tagName) && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  const ratios = worded.map((element) => {
    const style = getComputedStyle(element);
    const [a, b] = [light(element.tagName === "text" ? style.fill : style.color), light(ground(element))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
  return { least: Math.min(...ratios), ground: light(getComputedStyle(document.body).backgroundColor) };
})()`;

/** What has the focus, and whether it is on the screen. */
export const focused = `(() => {
  const { left, top, right } = document.activeElement.getBoundingClientRect();
  return { words: document.activeElement.textContent, seen: left >= 0 && top >= 0 && right <= innerWidth };
})()`;

/** How many places the focus can go to. */
export const stops = `document.querySelectorAll("a, [tabindex='0'], summary").length`;

/** How many rows of tables are not to be seen. */
export const hiddenRows = `[...document.querySelectorAll("tr")].filter((row) => !row.checkVisibility({ contentVisibilityAuto: true }) || row.getBoundingClientRect().height === 0).length`;

/** The words of the diagrams: how many, those that lie upon others, and those that leave their box. */
export interface Drawn {
  readonly texts: number;
  readonly upon: readonly string[];
  readonly beyond: readonly string[];
}

export const drawn = `(() => {
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const inside = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
  const pictures = [...document.querySelectorAll("svg")];
  const words = pictures.flatMap((svg) => {
    const texts = [...svg.querySelectorAll("text")];
    return texts.map((text) => ({ svg, text, words: text.textContent, at: text.getBoundingClientRect() }));
  });
  const pairs = words.flatMap((a, index) => words.slice(index + 1).filter((b) => a.svg === b.svg).map((b) => [a, b]));
  const boxes = [...document.querySelectorAll("svg rect")];
  const strange = words.filter(({ text, at }) => boxes.some((box) => box.parentNode !== text.parentNode && meet(at, box.getBoundingClientRect())));
  const beyond = words.filter(({ svg, text, at }) => !inside(at, (text.parentNode.querySelector(":scope > rect") ?? svg).getBoundingClientRect()));
  return {
    texts: words.length,
    upon: [...pairs.filter(([a, b]) => meet(a.at, b.at)).map(([a, b]) => a.words + " / " + b.words), ...strange.map(({ words }) => words)],
    beyond: beyond.map(({ words }) => words),
  };
})()`;

/** An entry of what is told to those who can't see. */
export interface Told {
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
}
