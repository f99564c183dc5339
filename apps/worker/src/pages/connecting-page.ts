import type { Connecting } from "../connection/onboarding.ts";
import { activationPage } from "./activation-page.ts";
import { businessPage } from "./business-page.ts";
import { connectedPage, type ShopSettings } from "./connected-page.ts";
import { consentPage } from "./consent-page.ts";
import type { Page } from "./layout.ts";
import { providerPage } from "./provider-page.ts";

/** The page of the step that is due. */
export function connectingPage(merchant: string, due: Connecting, settings: ShopSettings): Page {
  switch (due.step) {
    case "consent":
      return consentPage(merchant, due);
    case "activation":
      return activationPage(merchant, due);
    case "business":
      return businessPage(merchant, due);
    case "provider":
      return providerPage(merchant, due);
    case "connected":
      return connectedPage(merchant, due, settings);
  }
}
