import { withChecksum } from "../../src/crypto/key-checksum.ts";
import { ConsoleBrowser, newSignInLink, operatorBrowser, signedIn } from "../support/console.ts";
import { secretKeyOf } from "../support/shop.ts";
import { asOther, asStranger, type Attack, type Target, withName } from "./attack.ts";
import type { Names } from "./shops.ts";

/** Returns an attack with the session of another merchant, relabeled for this one, also with the right checksum. */
function withForgedSession(method: string, path: (names: Names) => string): Attack {
  return {
    by: "the session of another merchant",
    try: async (names) => {
      const { cookie } = await signedIn("other");
      const random = cookie.split(".")[1]?.slice(0, -6) ?? "";
      const forged = new ConsoleBrowser(await withChecksum(`${names.merchant}.${random}`));
      return forged.call(method, path(names));
    },
    status: 401,
    code: "invalid_console_session",
  };
}

/** Attacks on the sessions of the console, and with them. */
export const CONSOLE_TARGETS: Readonly<Record<string, Target>> = {
  "POST /v1/console/session": {
    keyed: ["none"],
    attacks: [
      {
        by: "the random part of another merchant's key",
        try: async ({ merchant }) => {
          const key = await withChecksum(`sk_sandbox_${merchant}_${"x".repeat(43)}`);
          return new ConsoleBrowser().signIn(key);
        },
        status: 401,
        code: "invalid_key",
      },
      {
        by: "the random part of another merchant's sign-in link",
        try: async ({ merchant }) => {
          const { token } = await newSignInLink("other");
          const random = token.split(".")[1]?.slice(0, -6) ?? "";
          return new ConsoleBrowser().follow(await withChecksum(`${merchant}.${random}`));
        },
        status: 401,
        code: "invalid_sign_in_link",
      },
    ],
  },
  "GET /v1/console/session": {
    keyed: ["none"],
    attacks: [withForgedSession("GET", () => "console/session")],
  },
  "DELETE /v1/console/session": {
    keyed: ["none"],
    attacks: [
      {
        by: "the session of another merchant",
        try: async ({ merchant }) => {
          const { cookie } = await signedIn("other");
          const random = cookie.split(".")[1]?.slice(0, -6) ?? "";
          const forged = new ConsoleBrowser(await withChecksum(`${merchant}.${random}`));
          return forged.call("DELETE", "console/session");
        },
        status: 204,
      },
    ],
  },
  "GET /v1/console/sessions": {
    keyed: ["secret key"],
    attacks: [
      withForgedSession("GET", () => "console/sessions"),
      { by: "another key", try: () => asStranger("GET", "console/sessions"), status: 200, own: { data: [] } },
      withName("GET", ({ consoleSession }) => `console/sessions?after=${consoleSession}`, 422, "invalid_request"),
    ],
  },
  "DELETE /v1/console/sessions/:id": {
    keyed: ["secret key"],
    attacks: [
      withForgedSession("DELETE", ({ consoleSession }) => `console/sessions/${consoleSession}`),
      withName(
        "DELETE",
        ({ consoleSession }) => `console/sessions/${consoleSession}`,
        404,
        "console_session_not_found",
      ),
      {
        by: "the session of another merchant with the id",
        try: async ({ consoleSession }) =>
          (await signedIn("other")).call("DELETE", `console/sessions/${consoleSession}`),
        status: 404,
        code: "console_session_not_found",
      },
    ],
  },
  "GET /v1/console/sign_in_links": {
    keyed: ["secret key"],
    attacks: [
      withForgedSession("GET", () => "console/sign_in_links"),
      { by: "another key", try: () => asStranger("GET", "console/sign_in_links"), status: 200, own: { data: [] } },
    ],
  },
  "POST /v1/console/sign_in_links": {
    keyed: ["secret key"],
    attacks: [
      {
        by: "another key under the same Idempotency-Key",
        try: ({ idempotencyKey }) =>
          asOther("POST", "console/sign_in_links", { idempotencyKey, body: { role: "owner", name: "Eve" } }),
        status: 201,
        own: { name: "Eve" },
        makesOwn: true,
      },
    ],
  },
  "DELETE /v1/console/sign_in_links/:id": {
    keyed: ["secret key"],
    attacks: [
      withName("DELETE", ({ signInLink }) => `console/sign_in_links/${signInLink}`, 404, "sign_in_link_not_found"),
    ],
  },
  "GET /v1/audit_log": {
    keyed: ["secret key"],
    attacks: [
      withForgedSession("GET", () => "audit_log"),
      withName("GET", ({ auditEntry }) => `audit_log?after=${auditEntry}`, 422, "invalid_request"),
    ],
  },
  "GET /v1/merchant": {
    keyed: ["secret key"],
    attacks: [
      withForgedSession("GET", () => "merchant"),
      { by: "another key", try: () => asStranger("GET", "merchant"), status: 200, own: { merchant: "stranger" } },
    ],
  },
  "PATCH /v1/merchant": {
    keyed: ["secret key"],
    attacks: [
      {
        by: "another key",
        try: () => asOther("PATCH", "merchant", { body: { allowed_origins: ["https://evil.example"] } }),
        status: 200,
        own: { merchant: "other" },
        makesOwn: true,
      },
    ],
  },
  "POST /v1/merchant/connect_link": {
    keyed: ["secret key"],
    attacks: [
      withForgedSession("POST", () => "merchant/connect_link"),
      { by: "another key", try: () => asOther("POST", "merchant/connect_link"), status: 201, makesOwn: true },
    ],
  },
  "POST /v1/merchant/disconnect": {
    keyed: ["secret key"],
    attacks: [
      withForgedSession("POST", () => "merchant/disconnect"),
      {
        by: "another key",
        try: () => asStranger("POST", "merchant/disconnect"),
        status: 200,
        own: { merchant: "stranger" },
        makesOwn: true,
      },
    ],
  },
  "POST /v1/operator/session": {
    keyed: ["none"],
    attacks: [
      {
        by: "a secret key",
        try: () => operatorBrowser().call("POST", "operator/session", { body: { admin_key: secretKeyOf("other") } }),
        status: 401,
        code: "invalid_key",
      },
    ],
  },
  "GET /v1/operator/session": {
    keyed: ["none"],
    attacks: [asOperator("GET", () => "operator/session")],
  },
  "DELETE /v1/operator/session": {
    keyed: ["none"],
    attacks: [{ by: "anybody", try: () => operatorBrowser().call("DELETE", "operator/session"), status: 204 }],
  },
  "GET /v1/merchants": {
    keyed: ["admin key"],
    attacks: [asOperator("GET", () => "merchants")],
  },
  "GET /v1/merchants/:merchant/diagnostics": {
    keyed: ["admin key"],
    attacks: [asOperator("GET", ({ merchant }) => `merchants/${merchant}/diagnostics`)],
  },
};

/** Returns an attack with the session of a merchant's console in place of the operator's. */
function asOperator(method: string, path: (names: Names) => string): Attack {
  return {
    by: "the session of a merchant's console",
    try: async (names) => {
      const { cookie } = await signedIn("other");
      return operatorBrowser(cookie.split(".")[1]).call(method, path(names));
    },
    status: 401,
    code: "invalid_operator_session",
  };
}
