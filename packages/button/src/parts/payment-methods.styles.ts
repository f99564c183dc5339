/**
 * The style sheet of the payment methods, for their own shadow root. Their height is the same for one line of boxes and
 * for two lines without boxes, so the button can keep their place before they are loaded.
 */
export const styles = `
  :host {
    display: block;
    container-type: inline-size;
    /* Without a baseline: the last line of an inline block would move it. */
    contain: layout;
    height: 1.75rem;
    margin: 0.5rem 0 -2.25rem;
    font: 400 0.75rem/1 system-ui, sans-serif;
  }
  ul {
    display: flex;
    flex-wrap: wrap;
    align-content: center;
    justify-content: center;
    gap: 0 0.5rem;
    height: 100%;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    box-sizing: border-box;
    height: 0.875rem;
    border-radius: 0.25rem;
    white-space: nowrap;
  }
  svg {
    flex: none;
    width: 1.125rem;
    height: 0.75rem;
    fill: none;
    stroke: currentColor;
    stroke-linejoin: round;
    stroke-width: 1.5;
  }
  @container (width >= 8em) {
    .of-1 {
      align-content: start;
      gap: 0.375rem;
    }
    .of-1 li {
      height: 1.5rem;
      padding: 0 0.375rem;
      border: 1px solid color-mix(in srgb, currentColor 35%, transparent);
    }
  }
  @container (width >= 15em) {
    .of-2 {
      align-content: start;
      gap: 0.375rem;
    }
    .of-2 li {
      height: 1.5rem;
      padding: 0 0.375rem;
      border: 1px solid color-mix(in srgb, currentColor 35%, transparent);
    }
  }
  @container (width >= 22em) {
    .of-3 {
      align-content: start;
      gap: 0.375rem;
    }
    .of-3 li {
      height: 1.5rem;
      padding: 0 0.375rem;
      border: 1px solid color-mix(in srgb, currentColor 35%, transparent);
    }
  }
  @container (width >= 28em) {
    .of-4 {
      align-content: start;
      gap: 0.375rem;
    }
    .of-4 li {
      height: 1.5rem;
      padding: 0 0.375rem;
      border: 1px solid color-mix(in srgb, currentColor 35%, transparent);
    }
  }
`;
