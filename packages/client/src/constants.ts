import {
  API_ERRORS,
  type ApiErrorCode,
  CHECKOUT_STATUSES as STATUSES,
  MERCHANT_EVENT_TYPES as TYPES,
  PAGE_LANGUAGES as LANGUAGES,
} from "@qonto-pay/core/api";

/** Every status of a checkout, in the order in which they can follow each other. */
export const CHECKOUT_STATUSES = Object.freeze(STATUSES);

/** Every event type that this version knows. Later versions of the Worker may send others. */
export const MERCHANT_EVENT_TYPES = Object.freeze(TYPES);

/**
 * Every error code of the Worker that this version knows, sorted by name. Later versions of the Worker may add others.
 * Does not include `unexpected_answer`, which the client itself sets.
 */
export const API_ERROR_CODES: readonly ApiErrorCode[] = Object.freeze(
  (Object.keys(API_ERRORS) as ApiErrorCode[]).toSorted(),
);

/** The languages that the `locale` of a checkout accepts. */
export const PAGE_LANGUAGES = Object.freeze(LANGUAGES);
