import {
  API_ERRORS,
  type ApiErrorCode,
  CHECKOUT_STATUSES as STATUSES,
  MERCHANT_EVENT_TYPES as TYPES,
  PAGE_LANGUAGES as LANGUAGES,
} from "@qonto-pay/core/api";

/** Every status of a checkout, in the order of its life. */
export const CHECKOUT_STATUSES = Object.freeze(STATUSES);

/** Every type of an event that this version knows. Later versions of the Worker may send others. */
export const MERCHANT_EVENT_TYPES = Object.freeze(TYPES);

/**
 * Every `code` of a `QontoPayError` that this version knows, by name. Not among them is `unexpected_answer`, which is the
 * client's own, and what a later version of the Worker may add.
 */
export const API_ERROR_CODES: readonly ApiErrorCode[] = Object.freeze(
  (Object.keys(API_ERRORS) as ApiErrorCode[]).toSorted(),
);

/** The languages that the `locale` of a checkout can have. */
export const PAGE_LANGUAGES = Object.freeze(LANGUAGES);
