import { unsafeCSS } from "lit";

/** The style sheet of the status. Its texts inherit the colour of the page, which fits with any `color-scheme`. */
export const styles = unsafeCSS(`
  :host {
    display: block;
    max-width: 32rem;
  }
  [hidden],
  :host([hidden]) {
    display: none !important;
  }
  :host([theme="light"]) {
    color-scheme: light;
    color: CanvasText;
  }
  :host([theme="dark"]) {
    color-scheme: dark;
    color: CanvasText;
  }
  [part~="status"] {
    padding: 1.5rem;
    border: 1px solid color-mix(in srgb, currentColor 25%, transparent);
    border-radius: 1rem;
    color: var(--qonto-pay-status-color, inherit);
    font: 400 1rem/1.5 system-ui, sans-serif;
    overflow-wrap: anywhere;
  }
  :host(:is([theme="light"], [theme="dark"])) [part~="status"] {
    background: Canvas;
  }
  p,
  dl,
  dd {
    margin: 0;
    /* Each text has its own direction, such as English with its amounts on a right-to-left page. */
    unicode-bidi: plaintext;
  }
  [part="words"] {
    font-size: 1.5rem;
    font-weight: 600;
    line-height: 1.2;
  }
  [part="hint"] {
    margin-top: 0.5rem;
  }
  dl > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
    margin-top: 0.75rem;
    padding-top: 0.75rem;
    border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent);
  }
  dt {
    flex: 1;
    min-width: 5rem;
  }
  [part="amount"] {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  a {
    display: inline-flex;
    align-items: center;
    min-height: 44px;
    margin: 1rem 0.75rem 0 0;
    color: inherit;
  }
  [part="link"] {
    margin-top: 1.5rem;
    padding: 0 1.25rem;
    border-radius: var(--qonto-pay-radius, 0.5rem);
    background: var(--qonto-pay-background, CanvasText);
    color: var(--qonto-pay-color, Canvas);
    font-weight: 600;
    text-decoration: none;
    forced-color-adjust: none;
  }
  a:focus-visible {
    outline: 3px solid var(--qonto-pay-focus, CanvasText);
    outline-offset: 2px;
  }
  p:empty {
    display: none;
  }
  /* English shows only if the texts in the page's language take long to load. */
  .texts-loading > slot > p {
    animation: appear 0s 1s both;
  }
  [part="icon"] {
    display: grid;
    place-content: center;
    box-sizing: border-box;
    width: 3rem;
    height: 3rem;
    margin-bottom: 1rem;
    border: 3px solid;
    border-radius: 50%;
    font: 700 1.5rem/1 system-ui, sans-serif;
  }
  .open > [part="icon"] {
    border-style: dashed;
  }
  .loading > [part="icon"],
  .processing > [part="icon"] {
    /* Not a transparent border: forced colours would paint it. */
    mask: conic-gradient(#0000 25%, #000 0);
    animation: turn 0.8s linear infinite;
  }
  .paid > [part="icon"] {
    background: currentColor;
    color: var(--qonto-pay-status-paid-color, color-mix(in srgb, #12a150 65%, currentColor));
  }
  .paid > [part="icon"]::after {
    width: 0.625rem;
    height: 1.25rem;
    margin-top: -0.375rem;
    border: solid Canvas;
    border-width: 0 3px 3px 0;
    rotate: 45deg;
    content: "";
  }
  /* The hands of a clock. */
  .expired > [part="icon"]::after {
    width: 0.625rem;
    height: 0.875rem;
    margin: -0.75rem 0 0 0.5rem;
    border: solid;
    border-width: 0 0 3px 3px;
    content: "";
  }
  .canceled > [part="icon"]::after {
    content: "×";
  }
  .unknown > [part="icon"]::after {
    content: "?";
  }
  :is(.refused, .trouble, .offline) > [part="icon"]::after {
    content: "!";
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
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
    .loading > [part="icon"],
    .processing > [part="icon"] {
      animation-name: pulse;
      animation-duration: 2s;
    }
  }
  @media (forced-colors: active) {
    /* Forced colours keep the mark, since its colour is a system colour. So they must keep its background. */
    .paid > [part="icon"] {
      color: CanvasText;
      forced-color-adjust: none;
    }
    [part="link"] {
      background: LinkText;
      color: Canvas;
    }
  }
`);
