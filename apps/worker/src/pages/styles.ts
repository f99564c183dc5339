/** The styles of all pages: light and dark, from 320 pixels up. Every text has a contrast of at least 4.5:1. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --page: #f4f4f1;
  --surface: #ffffff;
  --text: #1b1b18;
  --soft: #5c5c55;
  --line: #dcdcd4;
  --field: #85857b;
  --accent: #1d4f43;
  --accent-strong: #12382f;
  --on-accent: #ffffff;
  --bad: #a3182b;
  --bad-soft: #fcedee;
  --badge: #fff1c9;
  --on-badge: #4d3a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #131412;
    --surface: #1d1f1c;
    --text: #f0f1ec;
    --soft: #aeb0a7;
    --line: #363933;
    --field: #7f8278;
    --accent: #8fd6c0;
    --accent-strong: #b0e6d5;
    --on-accent: #0d2019;
    --bad: #ff929c;
    --bad-soft: #391e22;
      --badge: #3a2f10;
    --on-badge: #ffe6a3;
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: break-word;
}
h1, h2, p, ol, ul, dl, dd, pre, fieldset { margin: 0; padding: 0; }
header, main { width: min(100%, 42rem); margin-inline: auto; padding-inline: clamp(1rem, 5vw, 2rem); }
header {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: .5rem 1rem;
  padding-block: clamp(1rem, 4vw, 2rem) 1rem;
}
.brand { font-weight: 650; letter-spacing: -.01em; }
.badge {
  padding: .125rem .75rem;
  border-radius: 1rem;
  background: var(--badge);
  color: var(--on-badge);
  font-size: .8125rem;
}
main { padding-bottom: 4rem; }
.card {
  padding: clamp(1.25rem, 5vw, 2.25rem);
  border: 1px solid var(--line);
  border-radius: 1rem;
  background: var(--surface);
}
h1 { font-size: clamp(1.375rem, 5vw, 1.75rem); font-weight: 650; letter-spacing: -.015em; line-height: 1.2; text-wrap: balance; }
h2 { margin-top: 2rem; font-size: 1.0625rem; font-weight: 650; }
h1 + *, h2 + * { margin-top: .75rem; }
main p + p, main p + ul, main ul + p { margin-top: .75rem; }
ul, ol { padding-inline-start: 1.25rem; }
li + li { margin-top: .375rem; }
a { color: var(--accent); text-underline-offset: .2em; }
.soft, .hint { color: var(--soft); font-size: .9375rem; }
.code { color: var(--soft); font-size: .8125rem; }
.steps {
  display: grid;
  grid-template-columns: repeat(4, minmax(0, 1fr));
  gap: .5rem;
  margin-block: .5rem 1.25rem;
  padding: 0;
  list-style: none;
}
.steps li {
  margin: 0;
  padding-top: .5rem;
  border-top: 4px solid var(--line);
  color: var(--soft);
  font-size: .875rem;
  line-height: 1.35;
}
.steps .done { border-color: var(--accent); }
.steps [aria-current] { border-color: var(--accent); color: var(--text); font-weight: 650; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
form { display: grid; gap: 1.5rem; margin-top: 1.5rem; }
fieldset { min-width: 0; border: 0; }
legend, label { padding: 0; font-weight: 600; }
.field { display: grid; gap: .375rem; min-width: 0; }
main .field p { margin: 0; }
main .actions, main .alert, main .note { margin-top: 1.5rem; }
main .note + p { margin-top: 1.5rem; }
main .code { margin-top: 2rem; }
main .after { margin-top: 1.5rem; }
.price { font-size: clamp(1.75rem, 8vw, 2.5rem); font-weight: 650; letter-spacing: -.02em; line-height: 1.2; font-variant-numeric: tabular-nums; }
main .price { margin-top: 1.25rem; }
main .price + p { margin-top: .125rem; }
.state { width: 3rem; height: 3rem; margin-bottom: 1rem; border: 3px solid var(--line); border-radius: 50%; }
.state-paid { border-color: var(--accent); background: var(--accent); }
.state-paid::after {
  display: block;
  width: 35%;
  height: 62%;
  margin: 6% auto 0;
  border: solid var(--on-accent);
  border-width: 0 .25rem .25rem 0;
  transform: rotate(45deg);
  content: "";
}
.state-open { border-style: dashed; border-color: var(--field); }
.state-processing { border-color: var(--accent) var(--accent) var(--line) var(--line); }
.state-expired::after, .state-canceled::after {
  display: block;
  width: 50%;
  margin: calc(50% - 1.5px) auto 0;
  border-top: 3px solid var(--soft);
  content: "";
}
.choices { display: grid; gap: .5rem; margin-top: .5rem; }
.choice {
  display: flex;
  align-items: center;
  gap: .875rem;
  min-height: 3.25rem;
  padding: .5rem 1rem;
  border: 1px solid var(--field);
  border-radius: .625rem;
  font-weight: 400;
  cursor: pointer;
}
.choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.choice input { flex: none; width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--accent); }
.choice span { min-width: 0; }
.iban { display: block; color: var(--soft); font-size: .875rem; font-variant-numeric: tabular-nums; text-wrap: balance; }
input[type="text"], input[type="tel"], input[type="number"], textarea {
  width: 100%;
  min-height: 3rem;
  padding: .625rem .875rem;
  border: 1px solid var(--field);
  border-radius: .625rem;
  background: transparent;
  color: inherit;
  font: inherit;
}
input[type="number"] { max-width: 20rem; }
textarea { min-height: 8rem; resize: vertical; }
[aria-invalid="true"] { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad); }
.error { color: var(--bad); font-size: .9375rem; font-weight: 500; }
.alert { padding: .875rem 1rem; border-radius: .625rem; background: var(--bad-soft); color: var(--bad); }
.alert a { color: inherit; }
.note { padding: .875rem 1rem; border-radius: .625rem; background: var(--badge); color: var(--on-badge); }
button, .button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  min-height: 3rem;
  padding: .625rem 1.5rem;
  border: 1px solid transparent;
  border-radius: .625rem;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  text-align: center;
  text-wrap: balance;
  text-decoration: none;
  cursor: pointer;
}
button:hover, .button:hover { background: var(--accent-strong); }
.secondary { border-color: var(--field); background: transparent; color: inherit; }
.secondary:hover { background: var(--page); }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; }
form > button { justify-self: start; }
@media (max-width: 30rem) {
  .actions > *, form > button { width: 100%; }
  .steps li:not([aria-current]) { font-size: 0; }
}
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
.facts { display: grid; gap: .75rem; margin-top: 1.5rem; padding-block: 1.25rem; border-block: 1px solid var(--line); }
.facts > div { display: grid; grid-template-columns: minmax(0, 1fr); gap: .125rem 1rem; }
@media (min-width: 30rem) { .facts > div { grid-template-columns: 10rem minmax(0, 1fr); } }
.facts dt { color: var(--soft); }
code { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { margin-top: 1rem; padding: 1rem; border: 1px solid var(--line); border-radius: .625rem; background: var(--page); overflow-x: auto; }
pre code { overflow-wrap: normal; }
@media (forced-colors: active) {
  .steps .done, .steps [aria-current] { border-color: Highlight; }
  .choice:has(:checked) { outline: 2px solid Highlight; }
}
`;
