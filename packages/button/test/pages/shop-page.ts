import type { Stage } from "./stage.ts";

/** Returns a shop's page with the script tag and a `main` for buttons. */
export function shopPage({ worker }: Stage, { style = "", attributes = "", body = "" } = {}): string {
  return `<!doctype html>
<html lang="en" ${attributes}>
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>A shop</title>
    <style>
      @font-face { font-family: Inter; font-weight: 400; src: url(/inter-latin-400-normal.woff2); }
      @font-face { font-family: Inter; font-weight: 600; src: url(/inter-latin-600-normal.woff2); }
      :root { color-scheme: light; font-family: Inter; }
      body { margin: 0; background: #fff; color: #1b1b1f; }
      :root[data-theme=dark] { color-scheme: dark; }
      [data-theme=dark] body { background: #121216; color: #f4f3f7; }
      ${style}
    </style>
    <script type="module" src="${worker}/qonto-pay-button.js"></script>
  </head>
  <body><main><h1>A shop</h1>${body}</main></body>
</html>`;
}
