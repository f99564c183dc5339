import {
  connectionEventSchema,
  connectionSchema,
  createBasketPaymentLinkSchema,
  createConnectionSchema,
  createInvoicePaymentLinkSchema,
  createWebhookSubscriptionSchema,
  onePaymentLinkSchema,
  organizationSchema,
  paymentLinkEventSchema,
  paymentLinkPageSchema,
  paymentMethodsSchema,
  paymentPageSchema,
  qontoEventSchema,
  webhookSubscriptionPageSchema,
  webhookSubscriptionSchema,
} from "@qonto-pay/core/qonto.schema";
import { describe, expect, it } from "vitest";
import { ALL_FIXTURES, fixture } from "./fixtures.ts";
import { withOneFieldMore } from "./with-one-field-more.ts";

describe("core's strict schemas", () => {
  const strict = [
    { name: "a basket link request", schema: createBasketPaymentLinkSchema },
    { name: "an invoice link request", schema: createInvoicePaymentLinkSchema },
    { name: "a connection request", schema: createConnectionSchema },
    { name: "a connection request without a description", schema: createConnectionSchema },
    { name: "a subscription request", schema: createWebhookSubscriptionSchema },
  ];

  it.each(strict)("accept $name unchanged", ({ name, schema }) => {
    const { value } = fixture(name);
    expect(schema.parse(value)).toEqual(value);
  });

  it.each(strict)("reject $name with an unknown field at any depth", ({ name, schema }) => {
    const widened = withOneFieldMore(fixture(name).value);
    expect(widened).not.toEqual([]);
    expect(widened.filter((value) => schema.safeParse(value).success)).toEqual([]);
  });
});

describe("core's lenient schemas", () => {
  const READERS = [
    { schema: "createPaymentLink.answer", reader: onePaymentLinkSchema },
    { schema: "getPaymentLink.answer", reader: onePaymentLinkSchema },
    { schema: "deactivatePaymentLink.answer", reader: onePaymentLinkSchema },
    { schema: "listPaymentLinks.answer", reader: paymentLinkPageSchema },
    { schema: "listPayments.answer", reader: paymentPageSchema },
    { schema: "listPaymentMethods.answer", reader: paymentMethodsSchema },
    { schema: "getConnection.answer", reader: connectionSchema },
    { schema: "createConnection.answer", reader: connectionSchema },
    { schema: "getOrganization.answer", reader: organizationSchema },
    { schema: "createWebhookSubscription.answer", reader: webhookSubscriptionSchema },
    { schema: "getWebhookSubscription.answer", reader: webhookSubscriptionSchema },
    { schema: "updateWebhookSubscription.answer", reader: webhookSubscriptionSchema },
    { schema: "listWebhookSubscriptions.answer", reader: webhookSubscriptionPageSchema },
    { schema: "payment-links.event", reader: paymentLinkEventSchema },
    { schema: "payment-links.event", reader: qontoEventSchema },
    { schema: "payment-links-connections.event", reader: connectionEventSchema },
    { schema: "payment-links-connections.event", reader: qontoEventSchema },
  ];
  const read = READERS.flatMap((reader) =>
    ALL_FIXTURES.filter((example) => example.schema === reader.schema).map((example) => ({ ...example, ...reader })),
  );

  it("each have an example", () => {
    const schemas = read.map(({ schema }) => schema);
    expect(READERS.filter(({ schema }) => !schemas.includes(schema))).toEqual([]);
  });

  it.each(read)("read $schema, $name, without losing a field", ({ reader, value }) => {
    expect(reader.parse(value)).toEqual(bare(value));
  });

  it.each(read)("read $schema, $name, with a field that Qonto added at any depth", ({ reader, value }) => {
    const refused = withOneFieldMore(value).filter((wider) => !reader.safeParse(wider).success);
    expect(refused).toEqual([]);
  });
});

/** Returns a link without its envelope, which core removes. Returns any other value as it is. */
function bare(value: unknown): unknown {
  return typeof value === "object" && value !== null && "payment_link" in value ? value.payment_link : value;
}
