/** The styles of all pages. Light and dark, from 360 pixels up. All text has a contrast of at least 4.5:1. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --page: #f3f2f7;
  --surface: #ffffff;
  --text: #1c1a24;
  --soft: #5d596b;
  --line: #dedbe6;
  --field: #8a8698;
  --accent: #5b3fd1;
  --accent-strong: #4a30b8;
  --on-accent: #ffffff;
  --error: #b3192e;
  --error-soft: #fdecee;
  --good: #12703f;
  --notice: #fff3cd;
  --on-notice: #4d3a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #131218;
    --surface: #1d1b24;
    --text: #f1eff7;
    --soft: #aaa6b8;
    --line: #34313e;
    --field: #7d788d;
    --accent: #a08bff;
    --accent-strong: #b5a5ff;
    --on-accent: #16112b;
    --error: #ff8c97;
    --error-soft: #3a1d24;
    --good: #63d196;
    --notice: #3a2f10;
    --on-notice: #ffe6a3;
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: break-word;
}
h1, h2, p, dl, dd, ul, fieldset { margin: 0; padding: 0; }
h1 { font-size: 1.125rem; font-weight: 600; line-height: 1.3; }
h2 { font-size: 1.125rem; font-weight: 600; line-height: 1.3; }
a { color: var(--accent); }
.notice {
  padding: .5rem 1rem;
  background: var(--notice);
  color: var(--on-notice);
  font-size: .875rem;
  text-align: center;
  text-wrap: balance;
}
main {
  display: grid;
  gap: 1.5rem;
  width: min(100%, 60rem);
  margin-inline: auto;
  padding: clamp(1rem, 4vw, 3rem) clamp(1rem, 4vw, 2rem);
}
.single { width: min(100%, 30rem); margin-inline: auto; }
.card {
  min-width: 0;
  padding: clamp(1.25rem, 4vw, 2rem);
  border: 1px solid var(--line);
  border-radius: 1rem;
  background: var(--surface);
}
.split { display: grid; gap: 1.5rem; }
@media (max-width: 51.99rem) {
  .begun > :last-child { order: -1; }
}
@media (min-width: 52rem) {
  .split { grid-template-columns: minmax(0, 1fr) minmax(0, 24rem); gap: 2rem; align-items: start; }
}
.payee { color: var(--soft); font-size: .9375rem; font-weight: 500; }
.total { margin-top: .25rem; font-size: clamp(2rem, 7vw, 2.75rem); font-weight: 650; letter-spacing: -.02em; line-height: 1.15; }
::placeholder { color: var(--soft); opacity: 1; }
.soft { color: var(--soft); font-size: .875rem; }
.lines { margin-top: 1.5rem; list-style: none; }
.lines > li {
  display: flex;
  justify-content: space-between;
  gap: 1rem;
  padding-block: .75rem;
  border-top: 1px solid var(--line);
}
.lines > li > div { min-width: 0; }
.amount { flex: none; font-variant-numeric: tabular-nums; }
.sums { padding-top: .75rem; border-top: 1px solid var(--line); }
.sums > div { display: flex; justify-content: space-between; gap: 1rem; padding-block: .125rem; color: var(--soft); }
.sums > div.sum { margin-top: .5rem; color: var(--text); font-weight: 600; }
form { display: grid; gap: 1.125rem; margin-top: 1.25rem; }
.field { display: grid; gap: .375rem; min-width: 0; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; align-items: start; }
label { font-size: .9375rem; font-weight: 500; }
input[type="text"] {
  width: 100%;
  min-height: 3rem;
  padding: .5rem .75rem;
  border: 1px solid var(--field);
  border-radius: .5rem;
  background: transparent;
  color: inherit;
  font: inherit;
  font-variant-numeric: tabular-nums;
}
input[aria-invalid="true"] { border-color: var(--error); box-shadow: 0 0 0 1px var(--error); }
.error { color: var(--error); font-size: .875rem; }
.alert { margin-top: 1.25rem; padding: .75rem 1rem; border-radius: .5rem; background: var(--error-soft); color: var(--error); }
button {
  min-height: 3rem;
  padding: .625rem 1.25rem;
  border: 0;
  border-radius: .5rem;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
button:hover { background: var(--accent-strong); }
button.secondary { border: 1px solid var(--field); background: transparent; color: inherit; }
button.secondary:hover { background: var(--page); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
fieldset { display: grid; gap: .5rem; border: 0; }
legend { margin-bottom: .75rem; padding: 0; font-weight: 500; }
.choice {
  display: flex;
  align-items: center;
  gap: .75rem;
  min-height: 3rem;
  padding: .5rem .875rem;
  border: 1px solid var(--line);
  border-radius: .5rem;
  cursor: pointer;
}
.choice:has(:checked) { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.choice input { width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--accent); }
.facts { display: grid; gap: .5rem; margin-top: 1.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
.facts > div { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: 1rem; }
.facts dt { color: var(--soft); }
.headline { font-size: 1.375rem; text-wrap: balance; }
.lead { margin-top: 1rem; text-wrap: pretty; }
.wishes { display: grid; gap: .5rem; margin-top: .75rem; padding-inline-start: 1.25rem; }
.wishes > li::marker { color: var(--accent); }
.decision { display: grid; gap: .75rem; margin-top: .25rem; }
.decision button { padding-inline: .5rem; }
@media (min-width: 30rem) { .decision { grid-auto-flow: column; grid-auto-columns: 1fr; } }
.result h1 { font-size: 1.5rem; }
.result p { margin-top: .5rem; }
.result.good h1 { color: var(--good); }
.result.bad h1 { color: var(--error); }
.other { margin-top: 1.25rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
@media (forced-colors: active) { button { border: 1px solid; } }
`;
