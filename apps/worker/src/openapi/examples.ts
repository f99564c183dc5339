import { API_ERRORS, type ApiErrorCode } from "@qonto-pay/core/api";

/** Examples that several operations share. All belong to one story: the shop `demo` sells a mug. */
export const CHECKOUT_ID = "co_0123456789abcdefghjk";
export const LINK_ID = "7f0f1c2e-5d3b-4a57-9a55-3f2f0a4f7c11";
export const KEY_ID = "key_0123456789abcdefghjk";
const REQUEST_ID = "req_0123456789abcdefghjk";
const EXPIRES_AT = "2026-12-01T09:00:00.000Z";
const CREATED_AT = "2026-11-21T09:00:00.000Z";
const PAY_URL = "https://pay.example/pay/8f2c?resource_id=42";

export const AMOUNT = { value: "13.30", currency: "EUR" };

export const ITEM = {
  title: "Mug",
  type: "good",
  quantity: 1,
  unit_price: { value: "10.99", currency: "EUR" },
  vat_rate: "21.0",
};

export const SOLD_ITEM = {
  title: "Mug",
  quantity: 1,
  price: { value: "10.99", currency: "EUR" },
  tax_behavior: "exclusive",
  vat_rate: "21.0",
};

export const PAYMENT_LINK = {
  id: LINK_ID,
  status: "open",
  expiration_date: EXPIRES_AT,
  potential_payment_methods: ["credit_card"],
  amount: AMOUNT,
  resource_type: "Basket",
  reusable: false,
  created_at: CREATED_AT,
  url: PAY_URL,
  items: [ITEM],
};

export const SERVED_PAYMENT_LINK = {
  ...PAYMENT_LINK,
  checkout: {
    id: CHECKOUT_ID,
    opened_by: "server",
    status: "open",
    reference: "ORDER-1001",
    metadata: { cart: "c-17" },
  },
};

export const PAYMENT = {
  id: "pay_1",
  amount: AMOUNT,
  status: "paid",
  created_at: CREATED_AT,
  payment_method: "credit_card",
  paid_at: "2026-11-21T09:02:11.000Z",
  debitor_email: null,
};

export const PAGE_OF_ONE = {
  current_page: 1,
  next_page: null,
  prev_page: null,
  total_pages: 1,
  total_count: 1,
  per_page: 100,
};

const STATUS_TOKEN = "demo.c2lnbmF0dXJlLW9mLWEtY2hlY2tvdXQ";

export const CHECKOUT_SNAPSHOT = {
  id: CHECKOUT_ID,
  opened_by: "server",
  status: "open",
  amount: AMOUNT,
  reference: "ORDER-1001",
  metadata: { cart: "c-17" },
  products: null,
  reusable: false,
  created_at: CREATED_AT,
  url: PAY_URL,
  expires_at: EXPIRES_AT,
  success_url: null,
  cancel_url: null,
  locale: null,
  superseded_by: null,
};

export const CHECKOUT = {
  ...CHECKOUT_SNAPSHOT,
  payment_count: 0,
  payments: [],
  payment_link: PAYMENT_LINK,
  status_token: STATUS_TOKEN,
  status_url: `https://pay.shop.example/checkouts/${CHECKOUT_ID}?token=${STATUS_TOKEN}`,
};

export const CHECKOUT_CREATED = {
  id: CHECKOUT_ID,
  status: "open",
  amount: AMOUNT,
  url: PAY_URL,
  expires_at: EXPIRES_AT,
  status_token: STATUS_TOKEN,
};

export const CHECKOUT_STATUS = { id: CHECKOUT_ID, status: "paid", amount: AMOUNT, reference: "ORDER-1001" };

export const PRODUCT_BODY = {
  title: "Mug",
  price: { value: "10.99", currency: "EUR" },
  tax_behavior: "exclusive",
  vat_rate: "21.0",
};

export const PRODUCT = { ...PRODUCT_BODY, id: "mug", type: "good", min_quantity: 1, max_quantity: 99 };

export const CONNECTION = {
  connection_location: "https://provider.example/connect/42",
  status: "enabled",
  bank_account_id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e04",
  needs_reconnect: null,
};

export const DIAGNOSTICS = {
  healthy: true,
  checks: [
    {
      name: "connection",
      status: "ok",
      message: "The connection to the payment provider is enabled.",
      remediation: null,
      measured: { status: "enabled" },
    },
  ],
} as const;

export const AUDIT_ENTRY = {
  id: "aud_0123456789abcdefghjk",
  action: "key.created",
  actor: { type: "session", id: "ses_0123456789abcdefghjk", name: null, key_ends_with: "x9Zk" },
  target: KEY_ID,
  created_at: CREATED_AT,
} as const;

/** With the right checksum. */
export const SIGN_IN_TOKEN = "demo.example-of-a-sign-in-token-00000000000000000vJTPl";

export const SIGN_IN_LINK = {
  id: "lnk_0123456789abcdefghjk",
  role: "viewer",
  name: "Ada, accountant",
  created_at: CREATED_AT,
  expires_at: "2026-11-24T09:00:00.000Z",
} as const;

export const CONSOLE_SESSION = {
  id: "ses_0123456789abcdefghjk",
  role: "owner",
  signed_in_with: "secret_key",
  name: null,
  secret_key: { id: KEY_ID, ends_with: "x9Zk" },
  signed_in_at: CREATED_AT,
  last_used_at: CREATED_AT,
  expires_at: "2026-11-21T21:00:00.000Z",
  current: true,
} as const;

export const SECRET_KEY = { id: KEY_ID, ends_with: "x9Zk", created_at: CREATED_AT };

export const EVENT = {
  id: "evt_0123456789abcdefghjk",
  type: "checkout.paid",
  created_at: CREATED_AT,
  data: { checkout: { ...CHECKOUT_SNAPSHOT, status: "paid" } },
};

export const WEBHOOK_ENDPOINT = {
  id: "we_0123456789abcdefghjk",
  url: "https://shop.example/webhooks/qonto-pay",
  event_types: null,
  description: "Our shop",
  enabled: true,
  disabled_reason: null,
  previous_secret_until: null,
  created_at: CREATED_AT,
};

export const WEBHOOK_SECRET = "whsec_ZXhhbXBsZS1vZi1hLXNlY3JldC10aGF0LWlzLXRvbGQtb25jZQ==";

export const DELIVERY = {
  id: "dlv_0123456789abcdefghjk",
  event_id: EVENT.id,
  event_type: EVENT.type,
  status: "delivered",
  attempts: 1,
  last_status: 204,
  last_problem: null,
  next_attempt_at: null,
  created_at: CREATED_AT,
};

export const CONNECT_LINK = {
  connect_url: "https://pay.shop.example/connect/demo?token=dGhlLXRva2VuLW9mLXRoaXMtbGluay1vbmNl",
  expires_at: "2026-11-28T09:00:00.000Z",
};

/** Returns an example of an error. */
export function errorExample(code: ApiErrorCode, message: string, param?: string) {
  const { type } = API_ERRORS[code];
  const doc_url = `https://pay.shop.example/docs/errors#${code}`;
  return { error: { type, code, message, doc_url, request_id: REQUEST_ID, ...(param === undefined ? {} : { param }) } };
}

/** Lines of an export. */
export const EXPORT_LINES = [
  {
    cursor: "settings:1790000000000:",
    type: "settings",
    data: {
      merchant: "demo",
      environment: "sandbox",
      exported_at: 1_790_000_000_000,
      organization: null,
      allowed_origins: ["https://shop.example"],
      retention: { unpaid_days: 396, payments_days: 3_653 },
    },
  },
  {
    cursor: "product:1790000000000:mug",
    type: "product",
    data: {
      id: "mug",
      body: {
        id: "mug",
        title: "Mug",
        price: { value: "9.00", currency: "EUR" },
        tax_behavior: "inclusive",
        vat_rate: "20",
      },
    },
  },
  { cursor: "end:1790000000000:", type: "end", data: {} },
] as const;
