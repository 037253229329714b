/** The style sheet of an exported page; the mentor's text is told apart by its line as well as by its tint. */
export const HTML_STYLE = `
:root { color-scheme: light dark; --page: #fff; --text: #1f2328; --quiet: #59636e; --line: #d1d9e0; --mentor: #6639ba; --tint: #f3ecff; --curve: #0969da; --focus: #0969da; }
@media screen and (prefers-color-scheme: dark) {
  :root { --page: #14171c; --text: #e6edf3; --quiet: #9aa4af; --line: #3d444d; --mentor: #c9a8ff; --tint: #2b2140; --curve: #4493f8; --focus: #4493f8; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 4rem; background: var(--page); color: var(--text); font: 1rem/1.6 system-ui, sans-serif; }
h1 { font-size: 1.2rem; white-space: pre-wrap; overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; font-size: 1.1rem; border-bottom: 1px solid var(--line); }
h3 { margin: 0 0 .25rem; font-size: 1rem; }
.quiet { color: var(--quiet); }
.warning { border: 1px solid var(--line); border-left: 4px solid #bf8700; padding: .5rem 1rem; }
.solution { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 1.05rem; }
.solution a { color: inherit; unicode-bidi: isolate; text-decoration-line: underline; text-underline-offset: .2em; }
.solution a.mentor, .legend .mentor { color: var(--mentor); background: var(--tint); text-decoration: underline 2px; text-underline-offset: .2em; }
.solution a.agreed, .legend .agreed { text-decoration: underline dotted 1px var(--quiet); }
.solution a.kept, .legend .kept { text-decoration: underline dashed 1px var(--quiet); }
@media print { .timeline { break-inside: avoid; } }
a:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.legend { font-size: .9rem; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th, td { padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 600; white-space: nowrap; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
ol.decisions { list-style: none; padding: 0; }
ol.decisions > li { border: 1px solid var(--line); border-radius: 6px; padding: .75rem 1rem; margin: 0 0 .75rem; }
ol.decisions > li.took { border-left: 4px solid var(--mentor); }
ol.decisions > li:target { outline: 2px solid var(--focus); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 1rem; }
.pair > div { min-width: 0; }
code, pre { font: .9rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.timeline { margin: 1rem 0 .5rem; overflow-x: auto; }
.timeline > svg { display: block; width: 100%; min-width: 40rem; height: auto; }
.timeline path { fill: none; stroke: var(--quiet); stroke-linejoin: round; stroke-linecap: round; }
.timeline text { fill: var(--quiet); font-size: 11px; unicode-bidi: isolate; }
.timeline .grid { stroke: var(--line); stroke-width: .5; }
.timeline .probability { stroke: var(--curve); stroke-width: 1.5; }
.timeline .band { fill: var(--curve); fill-opacity: .25; stroke: none; }
.timeline .entropy { stroke-dasharray: 3 3; }
.timeline .mentor { fill: var(--mentor); stroke: var(--mentor); }
.timeline .kept, .timeline .agreed { fill: var(--page); }
.timeline .kept { stroke: var(--text); }
.timeline .branch { stroke: var(--text); stroke-width: 1.5; stroke-dasharray: 6 2; }
.timeline a:focus-visible path { stroke: var(--focus); stroke-width: 3; }
.timeline a { outline: none; }
.timeline figcaption { margin-top: .5rem; }
.timeline .key { display: inline-block; margin-right: .75rem; }
summary { font-size: .9rem; cursor: pointer; }
ul.candidates { margin: .25rem 0 0; padding-left: 1.25rem; font-size: .9rem; }
`;

/** The page's only permission: this very style sheet. A test tells the value when the style sheet changes. */
export const HTML_STYLE_HASH = 'sha256-LFXX91ysOge3Cfcnhh7tzf4pWaHZfJUwuNGl1fgT11k=';
