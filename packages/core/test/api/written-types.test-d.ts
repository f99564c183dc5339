import type * as api from "@qonto-pay/core/api";
import type * as schemas from "@qonto-pay/core/api.schema";
import type * as qonto from "@qonto-pay/core/qonto";
import type * as qontoSchemas from "@qonto-pay/core/qonto.schema";

/**
 * The types of both contracts are written beside their schemas, not inferred: `packages/client` and `packages/button`
 * publish them, and their users' editors then show names and comments, and need no zod. `tsc -b` compares type and
 * schema: a field, an option or a value that only one of them has does not compile.
 */

/** By the name of their schema. */
interface Written {
  checkoutSchema: api.Checkout;
  checkoutPageSchema: api.CheckoutPage;
  checkoutSnapshotSchema: api.CheckoutSnapshot;
  checkoutsQuerySchema: api.CheckoutsQuery;
  checkoutStatusReportSchema: api.CheckoutStatusReport;
  checkoutCreatedSchema: api.CheckoutCreated;
  createCheckoutRequestSchema: api.CreateCheckoutRequest;
  challengeSchema: api.Challenge;
  priceRequestSchema: api.PriceRequest;
  priceSchema: api.Price;
  apiErrorBodySchema: api.ApiErrorBody;
  createServerCheckoutRequestSchema: api.CreateServerCheckoutRequest;
  offeredCheckoutSchema: api.OfferedCheckout;
  offerClaimsSchema: api.OfferClaims;
  updateCheckoutRequestSchema: api.UpdateCheckoutRequest;
  connectionAnswerSchema: api.ConnectionAnswer;
  servedPaymentLinkSchema: api.ServedPaymentLink;
  servedPaymentLinkPageSchema: api.ServedPaymentLinkPage;
  productSchema: api.Product;
  productPageSchema: api.ProductPage;
  productAnswerSchema: api.ProductAnswer;
  productsQuerySchema: api.ProductsQuery;
  updateProductRequestSchema: api.UpdateProductRequest;
  eventsQuerySchema: api.EventsQuery;
  diagnosticsRepairSchema: api.DiagnosticsRepair;
  deploymentReportSchema: api.DeploymentReport;
  createMerchantRequestSchema: api.CreateMerchantRequest;
  createdMerchantSchema: api.CreatedMerchant;
  changeMerchantRequestSchema: api.ChangeMerchantRequest;
  eraseRequestSchema: api.EraseRequest;
  erasedSchema: api.Erased;
  exportQuerySchema: api.ExportQuery;
  exportRecordSchema: api.ExportRecord;
  exportSettingsSchema: api.ExportSettings;
  restoreRequestSchema: api.RestoreRequest;
  restoredSchema: api.Restored;
  replaceKeysRequestSchema: api.ReplaceKeysRequest;
  connectLinkSchema: api.ConnectLink;
  merchantAnswerSchema: api.MerchantAnswer;
  merchantDisconnectedSchema: api.MerchantDisconnected;
  keysQuerySchema: api.PageQuery;
  secretKeyCreatedSchema: api.SecretKeyCreated;
  secretKeyPageSchema: api.SecretKeyPage;
  webhookEndpointsQuerySchema: api.PageQuery;
  createWebhookEndpointSchema: api.CreateWebhookEndpointRequest;
  updateWebhookEndpointSchema: api.UpdateWebhookEndpointRequest;
  webhookEndpointSchema: api.WebhookEndpoint;
  webhookEndpointWithSecretSchema: api.WebhookEndpointWithSecret;
  webhookEndpointPageSchema: api.WebhookEndpointPage;
  deliveriesQuerySchema: api.DeliveriesQuery;
  deliverySchema: api.Delivery;
  deliveryPageSchema: api.DeliveryPage;
  replaySchema: api.ReplayRequest;
  replayAnswerSchema: api.ReplayAnswer;
}

/** Types that are narrower than their schemas, which allow any event data and any measurement. */
interface Narrower {
  merchantEventSchema: api.MerchantEvent;
  eventPageSchema: api.EventPage;
  diagnosticsReportSchema: api.DiagnosticsReport;
}

interface WrittenOfQonto {
  connectionSchema: qonto.PaymentLinkConnection;
  createConnectionSchema: qonto.CreateConnection;
  createPaymentLinkSchema: qonto.CreatePaymentLink;
  listPaymentLinksQuerySchema: qonto.ListPaymentLinksQuery;
  listPaymentMethodsQuerySchema: qonto.ListPaymentMethodsQuery;
  listPaymentsQuerySchema: qonto.ListPaymentsQuery;
  paymentLinkSchema: qonto.PaymentLink;
  paymentLinkPageSchema: qonto.PaymentLinkPage;
  paymentSchema: qonto.Payment;
  paymentPageSchema: qonto.PaymentPage;
}

/**
 * A type without the parts that do not describe its values: `readonly`, names, fields that must be absent, and fields
 * that Qonto may add.
 */
type Plain<T> = unknown extends T
  ? unknown
  : T extends string
    ? string extends T
      ? string
      : T
    : T extends number | boolean | null | undefined
      ? T
      : T extends readonly (infer Item)[]
        ? Plain<Item>[]
        : PlainObject<T>;
type PlainObject<T> = [KnownKeys<T>] extends [never]
  ? { -readonly [Key in keyof T]: Plain<T[Key]> }
  : {
      -readonly [Key in keyof T as string extends Key ? never : [T[Key]] extends [undefined] ? never : Key]: Plain<
        T[Key]
      >;
    };
type KnownKeys<T> = keyof { [Key in keyof T as string extends Key ? never : Key]: never };

/** Whether types are identical, and not only assignable: functions that depend on them are assignable only then. */
type IsSame<A, B> = (<T>(value: T) => T extends A ? 1 : 2) extends <T>(value: T) => T extends B ? 1 : 2 ? true : false;

type Output<Schema> = Schema extends { readonly _zod: { readonly output: infer Value } } ? Value : never;

/** Has a field for each name whose type and schema differ, so that the compiler's error lists the names. */
type Different<Types, Schemas> = {
  readonly [Name in keyof Types & keyof Schemas as IsSame<Plain<Types[Name]>, Plain<Output<Schemas[Name]>>> extends true
    ? never
    : Name]: "differs from its schema";
};

/** The same, for types that are narrower than their schemas. */
type Contradicting<Types, Schemas> = {
  readonly [Name in keyof Types & keyof Schemas as Plain<Types[Name]> extends Plain<Output<Schemas[Name]>>
    ? never
    : Name]: "contradicts its schema";
};

/** The same, for names without a schema. */
type Unknown<Types, Schemas> = { readonly [Name in Exclude<keyof Types, keyof Schemas>]: "has no schema" };

export const problems: Different<Written, typeof schemas> &
  Different<WrittenOfQonto, typeof qontoSchemas> &
  Contradicting<Narrower, typeof schemas> &
  Unknown<Written & Narrower, typeof schemas> &
  Unknown<WrittenOfQonto, typeof qontoSchemas> = {};
