import { unsafeCSS } from "lit";

/** The style sheet of the status. Its texts inherit the colour of the page, which fits with any `color-scheme`. */
export const styles = unsafeCSS(`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
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
    color: var(--qonto-pay-status-color, inherit);
    font: 400 1rem/1.5 system-ui, sans-serif;
    overflow-wrap: anywhere;
  }
  p {
    margin: 0;
    /* Each text has its own direction: English and its amounts on a page from right to left, too. */
    unicode-bidi: plaintext;
  }
  [part="words"] {
    font-size: 1.25rem;
    font-weight: 600;
  }
  [part="amount"] {
    margin-top: 0.5rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  [part="link"] {
    display: inline-block;
    padding: 0.625rem 0;
    color: inherit;
  }
  [part="link"]:focus-visible {
    outline: 3px solid var(--qonto-pay-focus, currentColor);
    outline-offset: 2px;
  }
  p:empty,
  a:empty {
    display: none;
  }
  /* English shows only if the texts in the language in force take long to load. */
  .texts-loading > slot > p {
    animation: appear 0s 1s both;
  }
  [part="icon"] {
    display: none;
    box-sizing: border-box;
    width: 1.5rem;
    height: 1.5rem;
    margin-bottom: 0.5rem;
    border: 2px solid;
    border-radius: 50%;
  }
  .loading > [part="icon"],
  .processing > [part="icon"] {
    display: block;
    /* Not a transparent border: forced colours would paint it. */
    mask: conic-gradient(#0000 25%, #000 0);
    animation: turn 0.8s linear infinite;
  }
  .paid > [part="icon"] {
    display: block;
    width: 0.75rem;
    height: 1.375rem;
    margin-inline-start: 0.375rem;
    border-width: 0 3px 3px 0;
    border-radius: 0;
    color: var(--qonto-pay-status-paid-color, color-mix(in srgb, #12a150 65%, currentColor));
    rotate: 45deg;
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
`);
