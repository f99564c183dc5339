import { createHash } from "node:crypto";
import type { Answer } from "../http/answer.ts";
import { Markup, markup } from "./markup.ts";
import { STYLES } from "./styles.ts";

/** The language of all pages. */
export const LANGUAGE = "en";

const STYLES_HASH = createHash("sha256").update(STYLES).digest("base64");

// No `form-action`: Chromium applies it to every redirect after a form. Even with the client's address listed, a client
// that redirects the merchant further would break.
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLES_HASH}'; img-src data:; base-uri 'none'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Returns a complete HTML page. It contains no script. */
export function pageAnswer(status: number, title: string, main: Markup): Answer {
  const page = markup`<!doctype html>
<html lang="${LANGUAGE}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLES)}</style>
</head>
<body>
<p class="notice"><strong>Sandbox.</strong> This is a simulation: no money moves.</p>
<main>
${main}
</main>
</body>
</html>
`;
  return { status, headers: HEADERS, text: page.text };
}
