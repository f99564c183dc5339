import { DurableObject } from "cloudflare:workers";
import { Router } from "itty-router";
import * as z from "zod";

/**
 * The floor of a mint: one request, one call of a Durable Object, one read and one write of its database, one call to
 * Qonto, one HMAC. It keeps none of the promises of a mint: no idempotency, no price, no check of the amount, no
 * recovery of a link whose answer was lost.
 */

const request = z.strictObject({
  publishable_key: z.string().max(64),
  product: z.string().min(1).max(64),
  attempt_id: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  shown_amount: z.strictObject({ value: z.string().regex(/^\d{1,13}(\.\d{1,4})?$/), currency: z.string().length(3) }),
});

const encoder = new TextEncoder();
let key;

const router = Router();
router.post("/v1/checkouts", async (received, env) => {
  const asked = request.parse(await received.json());
  const [, , merchant = ""] = asked.publishable_key.split("_");
  const { id, link } = await env.MERCHANT.getByName(merchant).mint(asked);
  key ??= crypto.subtle.importKey("raw", encoder.encode(env.VAULT_KEY), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const mac = await crypto.subtle.sign("HMAC", await key, encoder.encode(`${merchant}/${id}`));
  const token = btoa(String.fromCharCode(...new Uint8Array(mac)));
  const body = { id, status: link.status, amount: link.amount, url: link.url, status_token: token };
  return Response.json(body, { status: 201, headers: { "Cache-Control": "no-store" } });
});

export class Merchant extends DurableObject {
  constructor(state, env) {
    super(state, env);
    this.sql = state.storage.sql;
    this.sql.exec("CREATE TABLE IF NOT EXISTS products (id TEXT PRIMARY KEY, item TEXT NOT NULL) WITHOUT ROWID");
    this.sql.exec("CREATE TABLE IF NOT EXISTS checkouts (id TEXT PRIMARY KEY, asked TEXT NOT NULL) WITHOUT ROWID");
  }

  save(product, item) {
    this.sql.exec("INSERT OR REPLACE INTO products (id, item) VALUES (?, ?)", product, JSON.stringify(item));
  }

  async mint(asked) {
    const { item } = this.sql.exec("SELECT item FROM products WHERE id = ?", asked.product).one();
    const id = crypto.randomUUID();
    this.sql.exec("INSERT INTO checkouts (id, asked) VALUES (?, ?)", id, JSON.stringify(asked));
    const methods = ["credit_card"];
    const sent = { payment_link: { potential_payment_methods: methods, reusable: false, items: [JSON.parse(item)] } };
    const answer = await fetch(`${this.env.QONTO_API_URL}/v2/payment_links`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${this.env.ACCESS_TOKEN}`,
        "Content-Type": "application/json",
        "X-Qonto-Staging-Token": this.env.QONTO_STAGING_TOKEN,
      },
      body: JSON.stringify(sent),
    });
    if (!answer.ok) throw new Error(`Qonto answered ${answer.status}`);
    const { payment_link: link } = await answer.json();
    return { id, link };
  }
}

export default {
  async fetch(received, env) {
    const { method, url } = received;
    // Set-up of the measurement, not a part of it.
    if (method === "PUT") {
      const [, merchant, product] = new URL(url).pathname.split("/");
      await env.MERCHANT.getByName(merchant).save(product, await received.json());
      return new Response(null, { status: 204 });
    }
    return router.fetch(received, env);
  },
};
