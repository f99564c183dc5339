import { QontoPay } from "@qonto-pay/client";
import { PluginCommonModule, type RuntimeVendureConfig, VendurePlugin } from "@vendure/core";
import { AccessNotices } from "./access/access-notices.ts";
import { adminApiSchema, AdminApiResolver } from "./access/admin-api.ts";
import { OpenCheckout } from "./checkouts/open-checkout.ts";
import { OrderCheckouts } from "./checkouts/order-checkouts.ts";
import { FindOrderToPay } from "./checkouts/order-to-pay.ts";
import { OurPaymentMethod } from "./checkouts/our-payment-method.ts";
import { PlaceOrder } from "./checkouts/place-order.ts";
import { StartCheckout } from "./checkouts/start-checkout.ts";
import { CatchUp } from "./events/catch-up.ts";
import { EventCursor } from "./events/event-cursor.ts";
import { HandleEvent } from "./events/handle-event.ts";
import { keepRawBody } from "./events/keep-raw-body.ts";
import { TryEvent } from "./events/try-event.ts";
import { WEBHOOK_ROUTE, WebhookController } from "./events/webhook-controller.ts";
import { cancelProcess } from "./orders/cancel-process.ts";
import { FindOrder } from "./orders/find-order.ts";
import { FindShortfall } from "./orders/find-shortfall.ts";
import { holdFulfillmentProcess, holdOrderProcess } from "./orders/hold-processes.ts";
import { HoldUnpaid } from "./orders/hold-unpaid.ts";
import { KeepPlaced } from "./orders/keep-placed.ts";
import { MendTotal } from "./orders/mend-total.ts";
import { OrderDue } from "./orders/order-due.ts";
import { WithdrawCheckouts } from "./orders/withdraw-checkouts.ts";
import { qontoPayHandler } from "./payment-method-handler.ts";
import { QONTO_PAY_OPTIONS, type QontoPayPluginOptions } from "./qonto-pay-plugin-options.ts";
import { requireOptions } from "./require-options.ts";
import { AddPayment } from "./settling/add-payment.ts";
import { SettleCheckout } from "./settling/settle-checkout.ts";
import { TellMerchant } from "./settling/tell-merchant.ts";
import { CheckoutResolver } from "./shop-api/checkout-resolver.ts";
import { ShopApiResolver } from "./shop-api/shop-api-resolver.ts";
import { shopApiSchema } from "./shop-api/shop-api-schema.ts";
import { SyncCheckout } from "./shop-api/sync-checkout.ts";
import { FailedEvent } from "./storage/failed-event.entity.ts";
import { FailedEvents } from "./storage/failed-events.ts";
import { KnownCheckout } from "./storage/known-checkout.entity.ts";
import { KnownCheckouts } from "./storage/known-checkouts.ts";
import { Opening } from "./storage/opening.entity.ts";
import { Settings, settingsFields } from "./storage/settings.ts";
import { ShopIdentityRow } from "./storage/shop-identity.entity.ts";
import { ShopIdentity } from "./storage/shop-identity.ts";
import { ToldEvent } from "./storage/told-event.entity.ts";

/**
 * Payments by Qonto for a Vendure shop.
 *
 * @example
 * plugins: [QontoPayPlugin.init({ secretKey, endpoint: "https://pay.shop.example", webhookSecret })]
 */
@VendurePlugin({
  imports: [PluginCommonModule],
  compatibility: "^3.7.0",
  entities: [KnownCheckout, Opening, ToldEvent, FailedEvent, ShopIdentityRow],
  controllers: [WebhookController],
  providers: [
    { provide: QONTO_PAY_OPTIONS, useFactory: () => QontoPayPlugin.options() },
    {
      provide: QontoPay,
      useFactory: (options: QontoPayPluginOptions) => new QontoPay(options),
      inject: [QONTO_PAY_OPTIONS],
    },
    StartCheckout,
    SyncCheckout,
    FindOrderToPay,
    OurPaymentMethod,
    OrderCheckouts,
    OpenCheckout,
    PlaceOrder,
    SettleCheckout,
    AddPayment,
    TellMerchant,
    WithdrawCheckouts,
    FindOrder,
    OrderDue,
    MendTotal,
    KeepPlaced,
    FindShortfall,
    HoldUnpaid,
    KnownCheckouts,
    ShopIdentity,
    AccessNotices,
    HandleEvent,
    TryEvent,
    FailedEvents,
    Settings,
    EventCursor,
    CatchUp,
  ],
  adminApiExtensions: { schema: adminApiSchema, resolvers: [AdminApiResolver] },
  shopApiExtensions: { schema: shopApiSchema, resolvers: [ShopApiResolver, CheckoutResolver] },
  configuration: (config) => QontoPayPlugin.configure(config),
})
export class QontoPayPlugin {
  private static given: QontoPayPluginOptions | undefined;

  static init(options: QontoPayPluginOptions): typeof QontoPayPlugin {
    QontoPayPlugin.given = options;
    return QontoPayPlugin;
  }

  /**
   * What was given, checked when a server starts: other programs, such as migrations, do without secrets.
   *
   * @throws TypeError where `init` was forgotten, or was given what can't be meant.
   */
  static options(): QontoPayPluginOptions {
    if (QontoPayPlugin.given === undefined) throw new TypeError("Give Vendure QontoPayPlugin.init({ … }).");
    return requireOptions(QontoPayPlugin.given);
  }

  static configure(config: RuntimeVendureConfig): RuntimeVendureConfig {
    const { apiOptions, orderOptions, paymentOptions, shippingOptions } = config;
    const readRawBody = { route: `/${WEBHOOK_ROUTE}`, handler: keepRawBody, beforeListen: true };
    apiOptions.middleware = [...apiOptions.middleware, readRawBody];
    orderOptions.process = [...orderOptions.process, cancelProcess(), holdOrderProcess()];
    shippingOptions.process = [...shippingOptions.process, holdFulfillmentProcess()];
    paymentOptions.paymentMethodHandlers = [...paymentOptions.paymentMethodHandlers, qontoPayHandler];
    config.settingsStoreFields = { ...config.settingsStoreFields, ...settingsFields };
    return config;
  }
}
