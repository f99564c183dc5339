/**
 * The style sheet of the choices, for their own shadow root. Not in the style sheet of the button, which every page
 * loads. It uses the custom properties of the button.
 */
export const styles = `
  :host {
    display: block;
    /* In the place that the button keeps. */
    margin: calc(-1 * max(52px, 3.25rem)) 0 max(8px, 0.5rem);
    font: var(--qonto-pay-font, 600 1rem/1.25 system-ui, sans-serif);
    text-align: start;
  }
  :host([size="small"]) {
    font: var(--qonto-pay-font, 600 0.875rem/1.25 system-ui, sans-serif);
  }
  :host([size="large"]) {
    font: var(--qonto-pay-font, 600 1.125rem/1.25 system-ui, sans-serif);
  }
  [hidden],
  :host([hidden]),
  p:empty {
    display: none !important;
  }
  fieldset {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(4rem, 100%), 1fr));
    gap: max(8px, 0.5rem);
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  fieldset:disabled {
    opacity: 0.5;
  }
  label {
    position: relative;
    display: grid;
    min-width: 0;
  }
  [type="radio"] {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  [part~="chip"],
  .box {
    display: flex;
    align-items: center;
    justify-content: center;
    box-sizing: border-box;
    min-width: 0;
    min-height: max(44px, 2.75rem);
    border: 1px solid color-mix(in srgb, currentColor 60%, transparent);
    border-radius: var(--qonto-pay-radius, 0.5rem);
  }
  [part~="chip"] {
    padding: 0 4px;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
    text-align: center;
    unicode-bidi: plaintext;
  }
  .other {
    font-size: 0.875em;
  }
  .box {
    grid-column: 1 / -1;
    gap: 8px;
    padding: 0 12px;
  }
  .stepper {
    justify-content: stretch;
    gap: 0;
    max-width: 12rem;
    padding: 0;
  }
  [part~="field"] {
    flex: 1;
    box-sizing: border-box;
    width: 0;
    min-width: 0;
    min-height: calc(max(44px, 2.75rem) - 2px);
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 0;
    outline: 0;
    background: none;
    color: inherit;
    font: inherit;
    /* Phones zoom into fields with smaller letters. */
    font-size: max(16px, 1em);
    font-variant-numeric: tabular-nums;
  }
  .stepper [part~="field"] {
    min-width: 44px;
    text-align: center;
  }
  [part~="step"] {
    box-sizing: border-box;
    width: 44px;
    min-height: 44px;
    margin: -1px 0;
    padding: 0;
    border: 0;
    border-radius: inherit;
    background: none;
    color: inherit;
    font: inherit;
    font-size: 1.25em;
    cursor: pointer;
    touch-action: manipulation;
  }
  [part~="step"]::before {
    content: "+";
  }
  [part~="step"]:first-child::before {
    content: "−";
  }
  [part~="step"][aria-disabled="true"] {
    opacity: 0.4;
    cursor: not-allowed;
  }
  :hover + [part~="chip"],
  [part~="step"]:not([aria-disabled="true"]):hover {
    background: color-mix(in srgb, currentColor 8%, transparent);
  }
  :checked + [part~="chip"] {
    border-color: var(--qonto-pay-background, CanvasText);
    background: var(--qonto-pay-background, CanvasText);
    color: var(--qonto-pay-color, Canvas);
  }
  :disabled * {
    cursor: not-allowed;
  }
  :focus-visible + [part~="chip"],
  .amount:focus-within,
  .stepper > :focus-visible {
    outline: 3px solid var(--qonto-pay-focus, CanvasText);
    outline-offset: 2px;
  }
  .stepper > :focus-visible {
    outline-offset: -4px;
  }
  p {
    /* As wide as the choice: a long text does not change the width of the button. */
    grid-column: 1 / -1;
    width: 0;
    min-width: 100%;
    margin: 0;
    /* In its own direction: a page from right to left may have an English text here. */
    unicode-bidi: plaintext;
    text-align: start;
    font: 400 0.875rem/1.4 system-ui, sans-serif;
  }
  .stepper + p {
    margin-top: 8px;
  }
  .wrong {
    color: var(--qonto-pay-error-color, color-mix(in srgb, #d32f2f 55%, currentColor));
  }
  .box.wrong {
    border-color: currentColor;
    box-shadow: inset 0 0 0 1px;
  }
  .spoken {
    min-width: 0;
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .box.wrong {
      border-width: 2px;
    }
    :checked + [part~="chip"] {
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    fieldset:disabled {
      color: GrayText;
      opacity: 1;
    }
    :disabled :checked + [part~="chip"] {
      background: GrayText;
      border-color: GrayText;
      color: Canvas;
    }
  }
`;
