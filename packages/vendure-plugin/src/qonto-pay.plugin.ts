import { QontoPay } from "@qonto-pay/client";
import { PluginCommonModule, type RuntimeVendureConfig, VendurePlugin } from "@vendure/core";
import { adminApiSchema, shopApiSchema } from "./api/api-extensions.ts";
import { QontoPayAdminResolver } from "./api/qonto-pay-admin.resolver.ts";
import { QontoPayCheckoutResolver, QontoPayShopResolver } from "./api/qonto-pay-shop.resolver.ts";
import { holdFulfillmentProcess } from "./config/fulfillment-process.ts";
import { cancelProcess, holdOrderProcess } from "./config/order-process.ts";
import { QONTO_PAY_OPTIONS, WEBHOOK_ROUTE } from "./constants.ts";
import { CheckoutRecord } from "./entities/checkout-record.entity.ts";
import { FailedEvent } from "./entities/failed-event.entity.ts";
import { PendingCheckout } from "./entities/pending-checkout.entity.ts";
import { ReportedEvent } from "./entities/reported-event.entity.ts";
import { ShopIdentity } from "./entities/shop-identity.entity.ts";
import { requireOptions } from "./option-validation.ts";
import { QontoPayController } from "./qonto-pay.controller.ts";
import { qontoPayHandler } from "./qonto-pay.handler.ts";
import { rawBodyMiddleware } from "./raw-body.middleware.ts";
import { AccessService } from "./services/access.service.ts";
import { CatchUpService } from "./services/catch-up.service.ts";
import { CheckoutStoreService } from "./services/checkout-store.service.ts";
import { CheckoutService } from "./services/checkout.service.ts";
import { EventService } from "./services/event.service.ts";
import { FulfillmentHoldService } from "./services/fulfillment-hold.service.ts";
import { MerchantNoteService } from "./services/merchant-note.service.ts";
import { PlacedOrderSubscriber } from "./services/placed-order.subscriber.ts";
import { PluginSettingsService, settingsFields } from "./services/plugin-settings.service.ts";
import { QontoPayOrderService } from "./services/qonto-pay-order.service.ts";
import { QontoPayService } from "./services/qonto-pay.service.ts";
import { SettlementService } from "./services/settlement.service.ts";
import type { QontoPayPluginOptions } from "./types.ts";

/**
 * Payments by Qonto for a Vendure shop.
 *
 * @example
 * plugins: [QontoPayPlugin.init({ secretKey, endpoint: "https://pay.shop.example", webhookSecret })]
 */
@VendurePlugin({
  imports: [PluginCommonModule],
  compatibility: "^3.7.0",
  entities: [CheckoutRecord, PendingCheckout, ReportedEvent, FailedEvent, ShopIdentity],
  controllers: [QontoPayController],
  providers: [
    { provide: QONTO_PAY_OPTIONS, useFactory: () => QontoPayPlugin.options() },
    {
      provide: QontoPay,
      useFactory: (options: QontoPayPluginOptions) => new QontoPay(options),
      inject: [QONTO_PAY_OPTIONS],
    },
    QontoPayService,
    CheckoutService,
    SettlementService,
    QontoPayOrderService,
    PlacedOrderSubscriber,
    FulfillmentHoldService,
    MerchantNoteService,
    CheckoutStoreService,
    PluginSettingsService,
    AccessService,
    EventService,
    CatchUpService,
  ],
  adminApiExtensions: { schema: adminApiSchema, resolvers: [QontoPayAdminResolver] },
  shopApiExtensions: { schema: shopApiSchema, resolvers: [QontoPayShopResolver, QontoPayCheckoutResolver] },
  configuration: (config) => QontoPayPlugin.configure(config),
})
export class QontoPayPlugin {
  private static given: QontoPayPluginOptions | undefined;

  static init(options: QontoPayPluginOptions): typeof QontoPayPlugin {
    QontoPayPlugin.given = options;
    return QontoPayPlugin;
  }

  /**
   * Returns the validated options. Runs only when a server starts: other programs, such as migrations, need no secrets.
   *
   * @throws TypeError if `init` was not called, or an option is invalid.
   */
  static options(): QontoPayPluginOptions {
    if (QontoPayPlugin.given === undefined)
      throw new TypeError("QontoPayPlugin has no options: add QontoPayPlugin.init({ … }) to the plugins.");
    return requireOptions(QontoPayPlugin.given);
  }

  static configure(config: RuntimeVendureConfig): RuntimeVendureConfig {
    const { apiOptions, orderOptions, paymentOptions, shippingOptions } = config;
    const readRawBody = { route: `/${WEBHOOK_ROUTE}`, handler: rawBodyMiddleware, beforeListen: true };
    apiOptions.middleware = [...apiOptions.middleware, readRawBody];
    orderOptions.process = [...orderOptions.process, cancelProcess(), holdOrderProcess()];
    shippingOptions.process = [...shippingOptions.process, holdFulfillmentProcess()];
    paymentOptions.paymentMethodHandlers = [...paymentOptions.paymentMethodHandlers, qontoPayHandler];
    config.settingsStoreFields = { ...config.settingsStoreFields, ...settingsFields };
    return config;
  }
}
