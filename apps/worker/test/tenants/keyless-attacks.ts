import { fetchWorker } from "../support/fetch-worker.ts";
import { administer, anotherLink, begin, CONNECT } from "../support/connect.ts";
import { webhookSecret } from "../support/sandbox.ts";
import { SHOP, secretKeyOf, WORKER } from "../support/shop.ts";
import { deliver, paymentLinkEvent, sign } from "../support/webhook.ts";
import type { Attack, Target } from "./attack.ts";
import type { Names } from "./shops.ts";

const COOKIE = "__Host-qonto-pay-connect";

/** Returns attacks with another merchant's secret key in place of the admin key. */
function notAdmin(method: string, path: (names: Names) => string, body: unknown = {}): Attack {
  return {
    by: "a secret key",
    try: (names) =>
      fetchWorker(`${WORKER}${path(names)}`, {
        method,
        headers: { Authorization: `Bearer ${secretKeyOf("other")}` },
        ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
      }),
    status: 401,
    code: "invalid_key",
  };
}

function withCookie(cookie: string, path: string, init: { method?: string; form?: Record<string, string> } = {}) {
  return fetchWorker(new URL(path, CONNECT).href, {
    method: init.method ?? "GET",
    headers: { Cookie: `${COOKIE}=${cookie}`, Origin: CONNECT },
    redirect: "manual",
    ...(init.form === undefined ? {} : { body: new URLSearchParams(init.form) }),
  });
}

/** Returns the session of the browser that connects `other`, relabeled for this merchant. */
async function forgedSession({ merchant }: Names): Promise<string> {
  const { cookie } = await begin(await anotherLink("other"));
  return `${merchant}.${cookie.split(".")[1] ?? ""}`;
}

/** Attacks on routes that require no key of a merchant. */
export const KEYLESS_TARGETS: Readonly<Record<string, Target>> = {
  "GET /v1/deployment/diagnostics": {
    keyed: ["admin key"],
    attacks: [notAdmin("GET", () => "/v1/deployment/diagnostics")],
  },
  "POST /v1/merchants": {
    keyed: ["admin key"],
    attacks: [
      notAdmin("POST", () => "/v1/merchants", { name: "fresh", allowed_origins: [] }),
      {
        by: "the admin key for a name that is taken",
        try: () => administer("POST", "/v1/merchants", { name: "demo", allowed_origins: [SHOP] }),
        status: 409,
        code: "merchant_exists",
      },
    ],
  },
  "PATCH /v1/merchants/:merchant": {
    keyed: ["admin key"],
    attacks: [notAdmin("PATCH", ({ merchant }) => `/v1/merchants/${merchant}`, { allowed_origins: [] })],
  },
  "POST /v1/merchants/:merchant/connect_link": {
    keyed: ["admin key"],
    attacks: [notAdmin("POST", ({ merchant }) => `/v1/merchants/${merchant}/connect_link`)],
  },
  "POST /v1/merchants/:merchant/replace_keys": {
    keyed: ["admin key"],
    attacks: [notAdmin("POST", ({ merchant }) => `/v1/merchants/${merchant}/replace_keys`)],
  },
  "POST /v1/merchants/:merchant/disconnect": {
    keyed: ["admin key"],
    attacks: [notAdmin("POST", ({ merchant }) => `/v1/merchants/${merchant}/disconnect`)],
  },
  "POST /v1/merchants/:merchant/restore": {
    keyed: ["admin key"],
    attacks: [
      notAdmin("POST", ({ merchant }) => `/v1/merchants/${merchant}/restore`, {
        records: [{ cursor: "product:cup", type: "product", data: { id: "cup", body: {} } }],
      }),
    ],
  },
  "GET /connect/:merchant": {
    keyed: ["none"],
    attacks: [
      {
        by: "the link of another merchant",
        try: async ({ merchant }) =>
          withCookie("", `/connect/${merchant}${new URL(await anotherLink("other")).search}`),
        status: 404,
        code: "invalid_connect_link",
      },
      {
        by: "its link for another merchant",
        try: ({ connectToken }) => withCookie("", `/connect/other?token=${connectToken}`),
        status: 404,
        code: "invalid_connect_link",
      },
      {
        by: "its session for another merchant",
        try: ({ session }) => withCookie(session, "/connect/other"),
        status: 404,
        code: "invalid_connect_link",
      },
      {
        by: "the session of another merchant",
        try: async (names) => withCookie(await forgedSession(names), `/connect/${names.merchant}`),
        status: 403,
        code: "invalid_connect_session",
      },
    ],
  },
  "POST /connect/:merchant": {
    keyed: ["none"],
    attacks: [
      {
        by: "the link of another merchant",
        try: async ({ merchant }) => {
          const token = new URL(await anotherLink("other")).searchParams.get("token") ?? "";
          return withCookie("", `/connect/${merchant}`, { method: "POST", form: { token } });
        },
        status: 404,
        code: "invalid_connect_link",
      },
      {
        by: "its link for another merchant",
        try: ({ connectToken }) => withCookie("", "/connect/other", { method: "POST", form: { token: connectToken } }),
        status: 404,
        code: "invalid_connect_link",
      },
    ],
  },
  "GET /connect/:merchant/consent": {
    keyed: ["none"],
    attacks: [{ by: "anybody", try: ({ merchant }) => withCookie("", `/connect/${merchant}/consent`), status: 303 }],
  },
  "POST /connect/:merchant/consent": {
    keyed: ["none"],
    attacks: [
      {
        by: "the session of another merchant",
        try: async (names) =>
          withCookie(await forgedSession(names), `/connect/${names.merchant}/consent`, { method: "POST", form: {} }),
        status: 403,
        code: "invalid_connect_session",
      },
    ],
  },
  "GET /connect/:merchant/connection": {
    keyed: ["none"],
    attacks: [{ by: "anybody", try: ({ merchant }) => withCookie("", `/connect/${merchant}/connection`), status: 303 }],
  },
  "POST /connect/:merchant/connection": {
    keyed: ["none"],
    attacks: [
      {
        by: "the session of another merchant",
        try: async (names) =>
          withCookie(await forgedSession(names), `/connect/${names.merchant}/connection`, { method: "POST", form: {} }),
        status: 403,
        code: "invalid_connect_session",
      },
    ],
  },
  "GET /oauth/callback": {
    keyed: ["none"],
    attacks: [
      {
        by: "the session of another merchant",
        try: async (names) => withCookie(await forgedSession(names), `/oauth/callback?code=code&state=${names.state}`),
        status: 403,
        code: "invalid_connect_session",
      },
      {
        by: "its state under another merchant's name and session",
        try: async ({ state }) => {
          const { cookie } = await begin(await anotherLink("other"));
          const renamed = `other.${state.split(".")[1] ?? ""}`;
          return withCookie(cookie.split("=")[1] ?? "", `/oauth/callback?code=code&state=${renamed}`);
        },
        status: 400,
        code: "invalid_authorization",
      },
    ],
  },
  "POST /webhooks/qonto/:merchant": {
    keyed: ["none"],
    attacks: [
      {
        by: "the secret of another merchant",
        try: async ({ merchant, link }) => {
          const body = JSON.stringify(paymentLinkEvent(link));
          return deliver(
            body,
            await sign(body, await webhookSecret("other")),
            merchant === "demo" ? "demo" : "stranger",
          );
        },
        status: 401,
        code: "invalid_signature",
      },
      {
        by: "another merchant's own webhook about its link",
        try: async ({ link }) => {
          const body = JSON.stringify(paymentLinkEvent(link));
          return deliver(body, await sign(body, await webhookSecret("other")), "other");
        },
        status: 200,
        own: { received: true },
      },
    ],
  },
  "GET /health": {
    keyed: ["none"],
    attacks: [{ by: "anybody", try: () => fetchWorker(`${WORKER}/health`), status: 200 }],
  },
};
