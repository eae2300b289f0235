/**
 * The page's style. Colours come in pairs for light and dark, and each has enough contrast with the
 * surfaces that it is used on; nothing is told by colour alone.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f5f1; --card: #ffffff; --line: #dcd9d0; --ink: #1c1d1a; --soft: #5b5c55;
  --good: #1c6b4a; --next: #8a4b00; --next-bg: #fdf1dc; --bad: #a8201a; --bad-bg: #fdeae7; --info: #1f5a8a;
  --bar: #d08a2e; --hatch: rgba(138, 75, 0, .16);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14161a; --card: #1d2025; --line: #363b43; --ink: #eceae4; --soft: #a9aca9;
    --good: #6fd3a2; --next: #f2b661; --next-bg: #33281a; --bad: #ff9a8f; --bad-bg: #3a2120; --info: #8cc4f2;
    --bar: #c98a3a; --hatch: rgba(242, 182, 97, .17);
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; font-variant-numeric: tabular-nums; }
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.25rem; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; letter-spacing: -.02em; }
h1 small { font-size: .95rem; font-weight: 400; letter-spacing: 0; color: var(--soft); margin-left: .5rem; }
h2 { margin: 2.75rem 0 .25rem; font-size: 1.15rem; letter-spacing: -.01em; }
h3 { margin: 1.25rem 0 .5rem; font-size: .8rem; font-weight: 600; color: var(--soft); letter-spacing: .02em; }
p { margin: .25rem 0; }
.soft, figcaption, caption { color: var(--soft); }
.mono { font-family: ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; font-size: .86em; overflow-wrap: anywhere; }
.summary { font-size: 1.1rem; margin: .6rem 0 1.5rem; max-width: 60ch; }
.status { display: inline-block; padding: .05rem .6rem; margin-right: .4rem; border: 1.5px solid currentColor; border-radius: 1rem; font-size: .9rem; font-weight: 600; }
.converged, .good { color: var(--good); } .staged, .next { color: var(--next); } .held, .bad { color: var(--bad); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1px; margin: 0; background: var(--line); border: 1px solid var(--line); border-radius: .6rem; overflow: hidden; }
.facts div { background: var(--card); padding: .75rem 1rem; }
.facts dt { font-size: .8rem; color: var(--soft); } .facts dd { margin: 0; font-weight: 600; }
.alert { margin: 1rem 0 0; padding: .75rem 1rem; border-left: 4px solid var(--bad); background: var(--bad-bg); border-radius: .3rem; overflow-wrap: anywhere; }
.alert ul { margin: .4rem 0 0; padding-left: 1.2rem; }
.zones { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 0 1.25rem; align-items: start; }
.zone ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .6rem; }
.node { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .9rem; break-inside: avoid; }
.node.changes { border: 2px dashed var(--next); padding: calc(.7rem - 1px) calc(.9rem - 1px); }
.node.trouble { border: 2px solid var(--bad); padding: calc(.7rem - 1px) calc(.9rem - 1px); }
.node h4 { margin: 0; font-size: 1rem; display: flex; justify-content: space-between; gap: .75rem; }
.node h4 span { font-weight: 600; font-size: .85rem; text-align: right; }
.node dl { margin: .35rem 0 0; display: grid; grid-template-columns: 3.6rem 1fr; gap: .05rem .5rem; font-size: .88rem; }
.node dt { color: var(--soft); } .node dd { margin: 0; overflow-wrap: anywhere; }
.then { margin: .5rem 0 0; padding: .3rem .6rem; border-radius: .35rem; font-size: .88rem; background: var(--next-bg); color: var(--next); font-weight: 600; }
.then .mono { white-space: nowrap; }
.then.later { background: none; padding: 0; font-weight: 400; color: var(--soft); }
.then.stays { background: none; padding: 0; font-weight: 400; color: var(--soft); }
.scroll { overflow-x: auto; } .scroll:focus-visible, summary:focus-visible { outline: 2px solid var(--info); outline-offset: 2px; }
table { border-collapse: collapse; background: var(--card); }
.plain { width: 100%; border: 1px solid var(--line); margin-top: .5rem; }
.plain th, .plain td { padding: .35rem .75rem; text-align: left; border-top: 1px solid var(--line); }
.plain .n { text-align: right; }
.waves { width: 100%; border: 1px solid var(--line); margin-top: .5rem; }
.waves th, .waves td { padding: .4rem .75rem; text-align: left; border-top: 1px solid var(--line); white-space: nowrap; font-weight: 400; }
.waves thead th { font-size: .8rem; color: var(--soft); border-top: 0; }
.waves .bar { width: 50%; } .waves .what { white-space: normal; }
svg { display: block; width: 100%; height: 1rem; } .track { fill: var(--line); opacity: .55; } .run { fill: var(--bar); }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; margin: .4rem 0 .9rem; padding: 0; list-style: none; font-size: .88rem; }
.matrices { display: flex; flex-wrap: wrap; gap: 1.25rem; align-items: flex-start; }
.matrix { font-size: .84rem; border: 1px solid var(--line); content-visibility: auto; }
.matrix caption { text-align: left; font-size: .8rem; padding-bottom: .2rem; }
.matrix th, .matrix td { padding: .12rem .45rem; border-top: 1px solid var(--line); text-align: center; font-weight: 400; }
.matrix thead th { border-top: 0; font-weight: 600; vertical-align: bottom; }
.matrix tbody th { text-align: left; position: sticky; left: 0; background: var(--card); font-weight: 500; max-width: 12rem; overflow-wrap: anywhere; }
.matrix .c { background-image: repeating-linear-gradient(135deg, var(--hatch) 0 3px, transparent 3px 7px); }
.matrix .h { color: var(--good); } .matrix .u { color: var(--next); font-weight: 700; } .matrix .m { color: var(--bad); font-weight: 700; } .matrix .o { color: var(--soft); }
.matrix .left { border-left: 1px solid var(--line); } .matrix .bare { color: var(--bad); font-weight: 700; }
summary { cursor: pointer; padding: .3rem 0; }
ul.notes { padding-left: 1.2rem; overflow-wrap: anywhere; }
footer { padding-top: 2rem; padding-bottom: 3rem; color: var(--soft); font-size: .85rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 40rem) {
  header, main, footer { padding-left: 1rem; padding-right: 1rem; }
  header { padding-top: 1.25rem; } h1 { font-size: 1.6rem; } h1 small { display: block; margin: .2rem 0 0; }
  .facts { grid-template-columns: 1fr; } .facts div { display: grid; grid-template-columns: 6.5rem 1fr; }
  .waves .bar { width: auto; min-width: 5rem; } .waves th, .waves td { padding: .35rem .5rem; white-space: normal; }
  .matrices { gap: .9rem; } .matrix th, .matrix td { padding: .12rem .38rem; }
}
@media print {
  :root { --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #999; --good: #0b4a30; --next: #6b3a00; --next-bg: #fff; --bad: #8a0f0a; --bad-bg: #fff; --hatch: rgba(0, 0, 0, .2); }
  body { font-size: 10pt; } header, main, footer { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; } tr, .alert { break-inside: avoid; } .scroll { overflow: visible; }
  .matrix { content-visibility: visible; }
}
`;
