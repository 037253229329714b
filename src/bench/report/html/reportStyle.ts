/** The colours of arms and judgements on a light page. */
export const LIGHT_COLOURS =
  '--arm-0: #0969da; --arm-1: #bc4c00; --arm-2: #1a7f37; --arm-3: #6639ba; --arm-4: #cf222e; --arm-5: #7d4e00; --arm-6: #0b7285; --arm-7: #bf3989; --soft: #f6f8fa; --right: #1a7f37; --wrong: #cf222e; --link: #0969da;';

/** The same on a dark page. */
export const DARK_COLOURS =
  '--arm-0: #4493f8; --arm-1: #f0883e; --arm-2: #3fb950; --arm-3: #c9a8ff; --arm-4: #ff7b72; --arm-5: #d29922; --arm-6: #39c5cf; --arm-7: #ff9bce; --soft: #1c2128; --right: #3fb950; --wrong: #ff7b72; --link: #4493f8;';

/** What a report adds to the style sheet of exported pages. Arms are told apart by their shapes as well. */
export const REPORT_STYLE = `
:root { ${LIGHT_COLOURS} }
@media screen and (prefers-color-scheme: dark) {
  :root { ${DARK_COLOURS} }
}
@media (forced-colors: active) {
  :root { --page: Canvas; --text: CanvasText; --quiet: CanvasText; --line: GrayText; --mentor: Highlight; --focus: Highlight; --soft: Canvas; --link: LinkText; --right: CanvasText; --wrong: CanvasText; --arm-0: CanvasText; --arm-1: CanvasText; --arm-2: CanvasText; --arm-3: CanvasText; --arm-4: CanvasText; --arm-5: CanvasText; --arm-6: CanvasText; --arm-7: CanvasText; }
}
body { max-width: 76rem; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.25rem; }
section section > h3 { margin: 1.75rem 0 .5rem; font-size: 1.1rem; }
section section section > h4 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
p, ul { max-width: 50rem; overflow-wrap: anywhere; }
a { color: var(--link); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: 0; padding: 0; }
.findings li { margin-bottom: .5rem; }
.wide { overflow-x: auto; margin: 1rem 0 .25rem; }
.wide:focus-visible, summary:focus-visible, select:focus-visible, input:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.wide table { width: auto; min-width: min(100%, 40rem); font-size: .875rem; line-height: 1.4; }
.wide th, .wide td { padding: .35rem 1rem .35rem 0; }
.wide thead th { vertical-align: bottom; white-space: normal; max-width: 9rem; overflow-wrap: normal; border-bottom-color: var(--quiet); }
.wide tbody th { white-space: normal; min-width: 6rem; max-width: 22rem; overflow-wrap: break-word; font-weight: 600; }
.wide td { overflow-wrap: break-word; }
.wide td.number { white-space: nowrap; }
.wide tbody.apart th, .wide tbody.apart td { background: var(--soft); font-style: italic; font-weight: 400; }
.wide tbody.apart { border-top: 3px double var(--quiet); }
caption { text-align: left; font-weight: 600; padding: .25rem 0; caption-side: top; }
.note { margin: .25rem 0 .75rem; font-size: .875rem; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem 2rem; align-items: start; }
.plot { margin: 1rem 0 .5rem; max-width: 40rem; break-inside: avoid; }
.plot > svg { display: block; width: 100%; height: auto; }
.plot figcaption { margin-bottom: .5rem; font-size: .95rem; overflow-wrap: anywhere; }
.plot .legend p { margin: .25rem 0; }
.key { display: inline-block; margin-right: .75rem; }
.sample { vertical-align: -.2em; }
svg text { font: 12px system-ui, sans-serif; fill: var(--quiet); unicode-bidi: isolate; }
svg .name, svg .value, svg .heading { fill: var(--text); }
svg .value { font-variant-numeric: tabular-nums; }
svg .heading { font-weight: 600; }
svg path { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
svg .grid { stroke: var(--line); stroke-width: .6; }
svg .axis { stroke-width: 1; }
svg .break { stroke: var(--text); }
svg .diagonal, svg .front { stroke-dasharray: 5 4; }
svg .front { stroke: var(--text); }
svg .sweep { stroke: var(--quiet); stroke-width: 1; }
svg .lead { stroke-width: .6; }
svg .optimal { fill: none; stroke: var(--text); stroke-width: 1; }
svg .count { fill: var(--quiet); fill-opacity: .55; }
${Array.from({ length: 8 }, (_, colour) => `svg .arm-${colour} { stroke: var(--arm-${colour}); } svg .mark.arm-${colour} { fill: var(--arm-${colour}); }`).join('\n')}
svg .mark.hollow { fill: var(--page); }
svg .stack { stroke: var(--text); stroke-width: .75; }
svg .agreed { fill: url(#dots); }
svg .kept { fill: url(#hatch); }
svg .took { fill: var(--mentor); }
svg #dots circle { fill: var(--quiet); }
svg #dots rect, svg #hatch rect { fill: var(--page); }
svg #hatch path { stroke: var(--arm-1); stroke-width: 2; }
.patterns { position: absolute; }
summary { padding: .25rem 0; }
details.choice, details.domain { border-top: 1px solid var(--line); }
details.choice > summary, details.domain > summary { font-weight: 600; font-size: .95rem; }
.filter { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: 1rem 0; padding: .75rem 1rem; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; font-size: .875rem; }
.filter[hidden] { display: none; }
.filter label { display: inline-flex; flex-wrap: wrap; gap: .25rem .4rem; align-items: center; max-width: 100%; }
.filter select, .filter input { font: inherit; color: var(--text); background: var(--page); border: 1px solid var(--quiet); border-radius: 4px; padding: .2rem .4rem; max-width: 100%; }
.items td { max-width: 14rem; }
.items tbody th { min-width: min(16rem, 40vw); max-width: 26rem; font-weight: 400; overflow-wrap: anywhere; }
.items tbody th .quiet { font-size: .8rem; }
.items tbody th summary { padding: 0; }
.question { white-space: pre-wrap; }
.run { display: block; }
.links { white-space: nowrap; }
.right { color: var(--right); font-weight: 700; }
.wrong { color: var(--wrong); font-weight: 700; }
@media print {
  nav, .filter { display: none; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .wide { overflow: visible; }
  .wide table { width: 100%; min-width: 0; font-size: 8pt; }
  .wide th, .wide td { padding-right: .4rem; }
  .wide td.number { white-space: normal; }
  .items td, .items tbody th, .wide tbody th { min-width: 0; }
  tr { break-inside: avoid; }
  h2, h3, h4, caption { break-after: avoid; }
  details.choice::details-content, details.words::details-content { content-visibility: visible; block-size: auto; }
}
`;

/** Permission for this very style sheet. A test tells the value when the style sheet changes. */
export const REPORT_STYLE_HASH = 'sha256-C2CNu2xiyqpG4+5DOH4t/NOwjseIeNvIQ+u86oay/gs=';
