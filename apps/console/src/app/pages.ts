import type { ConsoleSession } from "@qonto-pay/core/api";
import { html, type TemplateResult } from "lit";
import { texts } from "../locales/index.ts";
import type { Route } from "./route.ts";

/** Returns the content of a page. The code of each page is a file of its own, loaded at its first visit. */
export function pageOf(route: Route, session: ConsoleSession): TemplateResult {
  switch (route.page) {
    case "account":
      void import("../pages/account-page.ts");
      return html`<account-page .session=${session}></account-page>`;
    case "not_found":
      return html`<h1>${texts().not_found}</h1>`;
  }
}

/** Returns the title of a page, for the browser's tab. */
export function titleOf({ page }: Route): string {
  return page === "not_found" ? texts().not_found : texts().nav[page];
}
