/** How the page looks: in light and dark, on a narrow screen, and printed with everything unfolded. */
export const style = `
:root { color-scheme: light dark; --page: #fff; --raised: #f4f6f8; --ink: #1b2430; --faint: #566273; --rule: #c9d1da;
  --accent: #0b5cad; --differs: #fff4d6; --store: #e6f3ec; --before: #eaf1fb; --behind: #f6edf7; }
@media (prefers-color-scheme: dark) { :root { --page: #12171d; --raised: #1b222b; --ink: #e6ebf1; --faint: #a3b0bf;
  --rule: #3a4553; --accent: #7db7f2; --differs: #3a3215; --store: #17301f; --before: #172a41; --behind: #322036; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 82rem; padding: 1.5rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, "DejaVu Sans", sans-serif; }
h1, h2, h3 { line-height: 1.2; } h2 { margin: 2.5rem 0 0.75rem; border-top: 1px solid var(--rule); padding-top: 1.25rem; }
a { color: var(--accent); } p { max-width: 48rem; } nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none; padding: 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 0.5rem; background: var(--page); padding: 0.5rem; }
.wide { overflow-x: auto; margin: 0.75rem 0; } figure { margin: 1rem 0 2rem; } figcaption, caption, .faint { color: var(--faint); text-align: left; }
table { border-collapse: collapse; font-size: 0.875rem; } caption { padding: 0.25rem 0; }
th, td { border: 1px solid var(--rule); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td { min-width: 5.5rem; max-width: 24rem; } thead th { background: var(--raised); white-space: nowrap; } tbody th { font-weight: 600; min-width: 9rem; }
.differs > * { background: var(--differs); } .mark { font-weight: 700; }
[aria-labelledby=differences] .differs > * { background: none; } [aria-labelledby=differences] .mark { display: none; }
details { border: 1px solid var(--rule); border-radius: 6px; margin: 0.5rem 0; padding: 0 0.9rem; } summary { cursor: pointer; padding: 0.5rem 0; }
summary h3 { display: inline; font-size: 1.05rem; } code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 0.9em; }
svg { display: block; font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: var(--ink); }
svg rect { fill: var(--raised); stroke: var(--faint); } .store rect { fill: var(--store); } .before rect { fill: var(--before); } .behind rect { fill: var(--behind); }
svg .line { fill: none; stroke: var(--faint); stroke-width: 1.5; } svg marker path { fill: var(--faint); }
svg .name { font-size: 14px; font-weight: 700; } svg .about, svg .port { font-size: 12px; fill: var(--faint); }
svg .port { fill: var(--ink); paint-order: stroke; stroke: var(--page); stroke-width: 4px; }
@media print { :root { color-scheme: light; --page: #fff; --raised: #f4f6f8; --ink: #000; --faint: #444; --rule: #999; --accent: #000;
  --differs: #f1f1f1; --store: #fff; --before: #fff; --behind: #fff; }
  body { max-width: none; padding: 0; font-size: 9pt; } nav, .skip { display: none; } .wide { overflow: visible; }
  svg { max-width: 100%; height: auto; } details { border: 0; padding: 0; }
  details::details-content { content-visibility: visible; display: block; height: auto; } tr, figure { break-inside: avoid; } h2, h3, caption { break-after: avoid; } }
`;
