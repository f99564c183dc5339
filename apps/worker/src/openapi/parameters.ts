import { CHECKOUT_ID, CONSOLE_SESSION, DELIVERY, KEY_ID, LINK_ID, SIGN_IN_LINK, WEBHOOK_ENDPOINT } from "./examples.ts";
import type { Parameter } from "./operation.ts";

/** Parameters in paths, by their meaning. */
export const checkoutId = { id: { description: "Id of a checkout.", example: CHECKOUT_ID } };
export const linkId = { id: { description: "Id of a payment link at Qonto.", example: LINK_ID } };
export const keyId = { id: { description: "Id of a secret key, not the key itself.", example: KEY_ID } };
export const sessionId = { id: { description: "Id of a session, not its cookie.", example: CONSOLE_SESSION.id } };
export const signInLinkId = { id: { description: "Id of a sign-in link, not its token.", example: SIGN_IN_LINK.id } };
export const webhookEndpointId = { id: { description: "Id of a webhook endpoint.", example: WEBHOOK_ENDPOINT.id } };
export const deliveryOfEndpoint = {
  ...webhookEndpointId,
  delivery: { description: "Id of a delivery.", example: DELIVERY.id },
};
export const productId = {
  id: {
    description: "The product's name in pages: lower-case letters, digits, `-` and `_`.",
    example: "mug",
    pattern: "^[a-z0-9][a-z0-9_-]{0,63}$",
  },
};
export const publishableKeyAndProduct = {
  key: { description: "The publishable key, `pk_{sandbox|live}_{merchant}`.", example: "pk_sandbox_demo" },
  product: productId.id,
};
export const merchantName = { merchant: { description: "The merchant's name.", example: "demo" } };

/** Sent by the console with every request. A page of another site can't send it. */
export const consoleHeader: Parameter = {
  description: "Must be `1`. The request must come from a page of this Worker.",
  example: "1",
  pattern: "^1$",
};

/** Makes a call safe to repeat. */
export const idempotencyKey: Parameter = {
  description:
    "8 to 255 printable ASCII characters. For 24 hours, the same key gets the same response. Repeated responses have the header `Idempotent-Replayed: true`. With another request, the same key gets `idempotency_key_reused`.",
  example: "order-1001-attempt-1",
  pattern: "^[ -~]{8,255}$",
};

/** Sent by browsers, and compared with the merchant's allowed origins. */
export const originHeader: Parameter = {
  description: "The origin of the calling page. It must be one of the merchant's `allowed_origins`.",
  example: "https://shop.example",
};
