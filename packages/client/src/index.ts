export { QontoPay, type QontoPayOptions } from "./qonto-pay.ts";
export { QontoPayAdmin, type QontoPayAdminOptions } from "./qonto-pay-admin.ts";
export { API_ERROR_CODES, CHECKOUT_STATUSES, MERCHANT_EVENT_TYPES, PAGE_LANGUAGES } from "./constants.ts";
export { QontoPayError } from "./errors/qonto-pay-error.ts";
export { QontoPayConnectionError } from "./errors/qonto-pay-connection-error.ts";
export { signOffer } from "./offers/sign-offer.ts";
export { OfferTooLargeError } from "./offers/offer-too-large-error.ts";
export type { Offer, OfferedCheckout } from "./offers/offer.ts";
export { verifyWebhook, type VerifyWebhookOptions } from "./webhooks/verify-webhook.ts";
export type { HeaderLookup, HeaderValue, WebhookHeaders } from "./webhooks/webhook-headers.ts";
export { WebhookVerificationError, type WebhookVerificationCode } from "./webhooks/webhook-verification-error.ts";
export type { AllPaymentLinksQuery } from "./api/payment-links.ts";
export type { CreateCheckout } from "./api/create-checkout.ts";
export type { ProductBody } from "./api/product-body.ts";
export type { MutationOptions } from "./http/worker-calls.ts";
export type {
  ApiErrorCode,
  ChangeMerchantRequest,
  Checkout,
  CheckoutOpener,
  CheckoutPage,
  CheckoutSnapshot,
  CheckoutsQuery,
  CheckoutStatus,
  ConnectionAnswer,
  ConnectLink,
  ConsentProblem,
  CreatedMerchant,
  CreateMerchantRequest,
  CreateWebhookEndpointRequest,
  DeliveriesQuery,
  Delivery,
  DeliveryPage,
  DoctorCheck,
  DoctorCheckName,
  DoctorError,
  DoctorMeasurements,
  AuthorizationOutageReason,
  DeploymentCheckName,
  DeploymentReport,
  DoctorReport,
  DoctorStatus,
  EventPage,
  EventsQuery,
  InvoiceToPay,
  MerchantAnswer,
  MerchantDisconnected,
  MerchantEvent,
  MerchantEventData,
  MerchantEventOf,
  MerchantEventType,
  Metadata,
  Page,
  PageLanguage,
  PageQuery,
  Product,
  ProductAnswer,
  ProductPage,
  ProductsQuery,
  ReplaceKeysRequest,
  ReplayAnswer,
  ReplayRequest,
  SecretKeyCreated,
  SecretKeyInfo,
  SecretKeyPage,
  ServedPaymentLink,
  ServedPaymentLinkPage,
  UpdateCheckoutRequest,
  UpdateProductRequest,
  UpdateWebhookEndpointRequest,
  WebhookEndpoint,
  WebhookEndpointPage,
  WebhookEndpointWithSecret,
} from "@qonto-pay/core/api";
export type { IntendedLine, Money, PricedLine, TotaledLine } from "@qonto-pay/core/money";
export type {
  CreateConnection,
  CreatePaymentLink,
  ListPaymentLinksQuery,
  ListPaymentsQuery,
  Payment,
  PaymentLink,
  ListPaymentMethodsQuery,
  PaymentMethod,
  PaymentMethodName,
  PaymentPage,
} from "@qonto-pay/core/qonto";
