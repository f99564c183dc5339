import type { Environment } from "@qonto-pay/core/api";
import { Html, html } from "./html.ts";
import { STYLES } from "./styles.ts";

/** Settings that affect every page. */
export interface PageSettings {
  readonly environment: Environment;
  /** Whether Qonto runs on this machine, without TLS. */
  readonly isLocal: boolean;
}

export interface Page {
  /** HTTP status; 200 by default. */
  readonly status?: number;
  /** The one heading. */
  readonly title: string;
  readonly main: Html;
  /** For pages for shoppers. Pages for merchants are in English. */
  readonly frame?: Frame;
  /** One of our own constants. The page must also work without it. */
  readonly script?: string | undefined;
}

/** The header of a page, and its language. */
export interface Frame {
  /** BCP 47. */
  readonly lang: string;
  /** The name of the payee. */
  readonly brand: string;
  readonly sandbox: string;
}

const OF_MERCHANTS: Frame = { lang: "en", brand: "Qonto payment links", sandbox: "Sandbox: no money moves" };

/**
 * Returns a whole page. It runs only its own script, is not cached, not indexed by search engines and not shown in
 * frames.
 */
export async function answerPage(page: Page, settings: PageSettings): Promise<Response> {
  const { status = 200, title, main, frame = OF_MERCHANTS, script } = page;
  const text = html`<!doctype html>
<html lang="${frame.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – ${frame.brand}</title>
<link rel="icon" href="data:,">
<style>${new Html(STYLES)}</style>
</head>
<body>
<header>
<p class="brand">${frame.brand}</p>
${settings.environment === "sandbox" && html`<p class="badge">${frame.sandbox}</p>`}
</header>
<main>
${main}
</main>
${script !== undefined && html`<script>${new Html(script)}</script>`}
</body>
</html>
`.text;
  return new Response(text, {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Language": frame.lang,
      "Cache-Control": "no-store",
      "Content-Security-Policy": await policyOf(settings, script),
      // Not `no-referrer`: a form would be posted with `Origin: null` then.
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
      "X-Robots-Tag": "noindex",
    },
  });
}

/**
 * Forms are sent only to this Worker. But Chromium also applies `form-action` to the redirects that follow: to Qonto,
 * to the payment provider, and to their login pages.
 */
async function policyOf({ isLocal }: PageSettings, script: string | undefined): Promise<string> {
  const onThisMachine = isLocal ? " http://localhost:* http://127.0.0.1:*" : "";
  return [
    "default-src 'none'",
    `style-src ${await sourceOf(STYLES)}`,
    ...(script === undefined ? [] : [`script-src ${await sourceOf(script)}`, "connect-src 'self'"]),
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "img-src data:",
    `form-action 'self' https:${onThisMachine}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Returns the CSP source that allows exactly this text. */
async function sourceOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}
