import { type CSSResult, unsafeCSS } from "lit";

/**
 * The style sheet of the button before a click. Its rules cost the first paint time for each button of a page, so those
 * of later states are in two other sheets: below, and in `later-look.styles.ts`. `unsafeCSS` is smaller than `css`, and
 * safe because the text contains no variables.
 *
 * System colours follow the `color-scheme` in force: that of the page, or the one that `theme` sets.
 */
export const styles = unsafeCSS(`
  :host {
    display: inline-block;
    min-width: min(10rem, 100%);
    max-width: 100%;
    overflow-wrap: anywhere;
  }
  :host([full-width]) {
    display: block;
  }
  :host([amounts]) {
    min-width: min(20rem, 100%);
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme="light"]) {
    color-scheme: light;
  }
  :host([theme="dark"]) {
    color-scheme: dark;
  }
  button {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 0.125rem 0.5rem;
    box-sizing: border-box;
    width: 100%;
    min-height: max(var(--qonto-pay-height, 3rem), 44px);
    margin: 0;
    padding: 0.5rem 1.25rem;
    /* Invisible on a page in the color scheme in force; a visible edge on a light page in a dark scheme. */
    border: 1px solid Canvas;
    border-radius: var(--qonto-pay-radius, 0.5rem);
    background: var(--qonto-pay-background, CanvasText);
    color: var(--qonto-pay-color, Canvas);
    /* The colours above also serve forced colours. Otherwise the browser draws a backplate behind the words. */
    forced-color-adjust: none;
    font: var(--qonto-pay-font, 600 1rem/1.25 system-ui, sans-serif);
    cursor: pointer;
    touch-action: manipulation;
  }
  /* The places of the parts whose chunk is not loaded yet. The parts overlap them. */
  :host(:is([amounts], [quantity-input]))::before,
  :host([methods])::after {
    display: block;
    height: max(52px, 3.25rem);
    content: "";
  }
  :host([methods])::after {
    height: 2.25rem;
  }
  button:hover {
    opacity: 0.88;
  }
  button:active {
    opacity: 0.76;
  }
  button:focus-visible {
    outline: 3px solid var(--qonto-pay-focus, CanvasText);
    outline-offset: 2px;
    /* On a dark page without a dark color-scheme, the gap separates the ring from the button. */
    box-shadow: 0 0 0 2px Canvas;
  }
  button[aria-disabled="true"] {
    opacity: 1;
    cursor: default;
  }
  button:disabled {
    opacity: 0.5;
    cursor: not-allowed;
  }
  /* Each text has its own direction, such as English with its amounts on a right-to-left page. */
  p,
  span {
    unicode-bidi: plaintext;
  }
  /* English shows only if the texts in the language in force take long to load. */
  .loading > [part="label"] {
    animation: appear 0s 1s both;
  }
  /* Empty, but not hidden: a live region must be rendered before its text is set. */
  p {
    margin: 0;
  }
  :host([size="small"]) button {
    min-height: max(var(--qonto-pay-height, 44px), 44px);
    font: var(--qonto-pay-font, 600 0.875rem/1.25 system-ui, sans-serif);
  }
  :host([size="large"]) button {
    min-height: max(var(--qonto-pay-height, 3.5rem), 44px);
    font: var(--qonto-pay-font, 600 1.125rem/1.25 system-ui, sans-serif);
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  /* Shoppers who force colours need them, so colours of the page do not replace them. */
  @media (forced-colors: active) {
    button {
      background: CanvasText;
      color: Canvas;
    }
  }
`);

/**
 * Returns the rules of an amount and of the states after a click. They are in the first load, since a click and a failed
 * connection must not wait for a chunk.
 */
export const createLateStyles = (): CSSResult =>
  unsafeCSS(`
  .busy > [part="label"] {
    opacity: 0;
  }
  [part="icon"] {
    order: -1;
    box-sizing: border-box;
  }
  .busy > [part="icon"],
  .processing > [part="icon"] {
    display: block;
    width: 1.125em;
    height: 1.125em;
    border: 2px solid;
    border-radius: 50%;
    /* Not a transparent border: forced colours would paint it. */
    mask: conic-gradient(#0000 25%, #000 0);
    animation: turn 0.8s linear infinite;
  }
  /* In place of the label, which keeps the width of the button. */
  .busy > [part="icon"] {
    margin-inline-end: calc(-1.125em - 0.5rem);
  }
  p:not(:empty) {
    /* As wide as the button: a long text does not change the width of the button. */
    width: 0;
    min-width: 100%;
    margin: 0.5rem 0 0;
    font: 400 0.875rem/1.4 system-ui, sans-serif;
  }
  [part="message"] {
    color: var(--qonto-pay-error-color, color-mix(in srgb, #d32f2f 55%, currentColor));
  }
  span:empty {
    display: none;
  }
  [role="status"]:not(.shown, :empty) {
    position: absolute;
    width: 1px;
    min-width: 0;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  [part="amount"] {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @keyframes pulse {
    50% {
      opacity: 0.3;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .busy > [part="icon"],
    .processing > [part="icon"] {
      animation-name: pulse;
      animation-duration: 2s;
    }
  }
`);
