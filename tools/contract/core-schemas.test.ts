import {
  createBasketPaymentLinkSchema,
  createInvoicePaymentLinkSchema,
  onePaymentLinkSchema,
  paymentLinkEventSchema,
  paymentLinkPageSchema,
  paymentMethodsSchema,
  paymentPageSchema,
  qontoEventSchema,
  tokenAnswerSchema,
  webhookSubscriptionSchema,
} from "@qonto-pay/core/qonto.schema";
import { describe, expect, it } from "vitest";
import { ALL_FIXTURES, fixture } from "./fixtures.ts";
import { withOneFieldMore } from "./with-one-field-more.ts";

describe("core's strict schemas", () => {
  const strict = [
    { name: "a basket link, asked for", schema: createBasketPaymentLinkSchema },
    { name: "an invoice link, asked for", schema: createInvoicePaymentLinkSchema },
  ];

  it.each(strict)("take $name, as it is", ({ name, schema }) => {
    const { value } = fixture(name);
    expect(schema.parse(value)).toEqual(value);
  });

  it.each(strict)("refuse $name with an unknown field, at any depth", ({ name, schema }) => {
    const widened = withOneFieldMore(fixture(name).value);
    expect(widened.length).toBeGreaterThan(2);
    expect(widened.filter((value) => schema.safeParse(value).success)).toEqual([]);
  });
});

describe("core's lenient schemas", () => {
  const READERS = {
    "createPaymentLink.answer": onePaymentLinkSchema,
    "getPaymentLink.answer": onePaymentLinkSchema,
    "deactivatePaymentLink.answer": onePaymentLinkSchema,
    "listPaymentLinks.answer": paymentLinkPageSchema,
    "listPayments.answer": paymentPageSchema,
    "listPaymentMethods.answer": paymentMethodsSchema,
    "createToken.answer": tokenAnswerSchema,
    "createWebhookSubscription.answer": webhookSubscriptionSchema,
    "getWebhookSubscription.answer": webhookSubscriptionSchema,
    "updateWebhookSubscription.answer": webhookSubscriptionSchema,
    "payment-links.event": paymentLinkEventSchema,
    "payment-links-connections.event": qontoEventSchema,
  };
  const read = Object.entries(READERS).flatMap(([name, schema]) =>
    ALL_FIXTURES.filter((example) => example.schema === name).map((example) => ({ ...example, reader: schema })),
  );

  it.each(read)("read $schema: $name, and lose nothing of it", ({ reader, value }) => {
    expect(reader.parse(value)).toEqual(bare(value));
  });

  it.each(read)("read $schema: $name, with a field that Qonto added, at any depth", ({ reader, value }) => {
    const refused = withOneFieldMore(value).filter((wider) => !reader.safeParse(wider).success);
    expect(refused).toEqual([]);
  });
});

/** A link without the envelope, which core takes off; anything else as it is. */
function bare(value: unknown): unknown {
  return typeof value === "object" && value !== null && "payment_link" in value ? value.payment_link : value;
}
