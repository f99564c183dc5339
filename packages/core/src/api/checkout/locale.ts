/** The languages of the pages that shoppers see on the Worker: those of Qonto's markets. */
export const PAGE_LANGUAGES = ["de", "en", "es", "fr", "it", "nl", "pt"] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];
