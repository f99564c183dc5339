/** The rules of a paid purchase and of the QR code. A button that loses this chunk shows "Paid" in words. */
export const styles = `
  .paid {
    background: #15803d;
    color: #fff;
  }
  .paid > [part="icon"] {
    display: block;
    width: 0.5em;
    height: 0.875em;
    margin: -0.25em 0.125em 0;
    border: solid;
    border-width: 0 2px 2px 0;
    rotate: 45deg;
  }
  [part="code"] {
    display: block;
    width: 0;
    min-width: 100%;
    margin: 0.5rem 0 0;
    text-align: center;
  }
  [part="code"][hidden] {
    display: none;
  }
  @media (forced-colors: active) {
    .paid {
      background: CanvasText;
      color: Canvas;
    }
  }
`;
