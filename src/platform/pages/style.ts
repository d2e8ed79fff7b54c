/** The one style sheet of our pages: two colour schemes, one column, no framework. */
export const STYLE = `:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #ffffff; --ink: #1f2421; --faint: #5d6661; --line: #e2e0d8;
  --accent: #2f5d50; --on-accent: #ffffff; --good: #2c7a4b; --bad: #b3261e; --code: #f3f1ea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #151917; --card: #1c221f; --ink: #e8ebe7; --faint: #9fa9a3; --line: #313a35;
    --accent: #86c5b0; --on-accent: #10201b; --good: #7fd1a0; --bad: #f2a49d; --code: #121614;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
}
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.01em; }
h2 { margin: 1.6rem 0 0.6rem; font-size: 1.1rem; }
p { margin: 0.5rem 0; }
a { color: var(--accent); text-underline-offset: 0.15em; }
.lead { color: var(--faint); font-size: 1.05rem; }
form + p { margin-top: 0.9rem; }
.state + h1 { margin-top: 0.4rem; }
.state { display: inline-flex; align-items: center; gap: 0.5rem; margin: 0.75rem 0 0; font-weight: 600; }
.state::before { content: ""; width: 0.7rem; height: 0.7rem; border-radius: 50%; background: currentColor; }
.good { color: var(--good); }
.bad { color: var(--bad); }
dl, .links, pre, table { background: var(--card); border: 1px solid var(--line); border-radius: 0.6rem; }
dl { display: grid; grid-template-columns: 10rem 1fr; margin: 0.75rem 0 0; padding: 0.25rem 1rem; }
dt, dd { margin: 0; padding: 0.35rem 0; }
dt { color: var(--faint); }
dl > :nth-child(n + 3) { border-top: 1px solid var(--line); }
dd { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.links { list-style: none; margin: 0; padding: 0.25rem 1rem; }
.links li { display: grid; grid-template-columns: 10rem 1fr; padding: 0.35rem 0; }
.links li + li { border-top: 1px solid var(--line); }
pre, code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.875rem; }
pre { margin: 0; padding: 0.9rem 1rem; background: var(--code); overflow-x: auto; }
code { overflow-wrap: anywhere; }
table { width: 100%; border-collapse: separate; border-spacing: 0; overflow: hidden; }
th, td { padding: 0.6rem 1rem; text-align: left; vertical-align: top; }
th { color: var(--faint); font-weight: 600; font-size: 0.875rem; }
td { border-top: 1px solid var(--line); }
tr:target td { background: var(--code); }
td .code { font-weight: 600; }
td p { margin: 0.15rem 0 0; color: var(--faint); font-size: 0.9rem; }
form { margin: 1.25rem 0 0; }
button {
  min-height: 3rem; padding: 0.65rem 1.6rem; border: 0; border-radius: 0.5rem; background: var(--accent); color: var(--on-accent);
  font: inherit; font-weight: 600; cursor: pointer;
}
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
footer { margin-top: 1.5rem; color: var(--faint); font-size: 0.9rem; }
@media (max-width: 34rem) {
  main { padding-top: 1.5rem; }
  dl, .links li { grid-template-columns: 1fr; }
  dt { padding-bottom: 0; }
  dd { padding-top: 0; }
  dl > dd:nth-child(n + 3) { border-top: 0; }
  th, td { padding: 0.5rem 0.7rem; }
  form button { width: 100%; }
}
`;
