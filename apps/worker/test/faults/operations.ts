import type { ApiErrorCode } from "@qonto-pay/core/api";

/** How the Worker retries an operation of Qonto, which decides the outcome of a fault. */
export type OperationKind =
  /** A GET: repeated up to twice. */
  | "read"
  /** Creates a link: repeated once, and the alarm searches for an orphaned link at Qonto. */
  | "mint"
  /** Changes data: never repeated automatically. */
  | "write"
  /** Renews the access token while a shopper waits: repeated once. */
  | "refresh";

/** One operation of Qonto, and the request to the Worker that causes it. */
export interface Operation {
  readonly qonto: string;
  /** The request to the Worker. */
  readonly asked: string;
  readonly kind: OperationKind;
  /** The error code after a 404 of Qonto. */
  readonly missing: ApiErrorCode;
}

const LINK_MISSING = "payment_link_not_found";

export const OPERATIONS = {
  basket: operation(
    "createPaymentLink",
    "`POST /v1/checkouts` with a publishable key",
    "mint",
    "merchant_not_connected",
  ),
  invoice: operation("createPaymentLink", "`POST /v1/payment_links` for an invoice", "mint", "qonto_refused"),
  list: operation("listPaymentLinks", "`GET /v1/payment_links`", "read", "payment_links_not_activated"),
  link: operation("getPaymentLink", "`GET /v1/payment_links/{id}`", "read", LINK_MISSING),
  sync: operation("getPaymentLink", "`POST /v1/checkouts/{id}/sync`", "read", "payment_link_not_found"),
  payments: operation("listPayments", "`GET /v1/payment_links/{id}/payments`", "read", LINK_MISSING),
  deactivate: operation("deactivatePaymentLink", "`PATCH /v1/payment_links/{id}/deactivate`", "write", LINK_MISSING),
  methods: operation("listPaymentMethods", "`GET /v1/payment_methods`", "read", "connection_not_found"),
  connection: operation("getConnection", "`GET /v1/connection`", "read", "connection_not_found"),
  connect: operation("createConnection", "`POST /v1/connection`", "write", "qonto_refused"),
  token: operation(
    "createToken",
    "`POST /v1/checkouts` after the access token has expired",
    "refresh",
    "qonto_refused",
  ),
} as const;

export type OperationName = keyof typeof OPERATIONS;

export const OPERATION_NAMES = Object.keys(OPERATIONS) as readonly OperationName[];

function operation(qonto: string, asked: string, kind: OperationKind, missing: ApiErrorCode): Operation {
  return { qonto, asked, kind, missing };
}
