import { defaultOrderProcess, LanguageCode, type VendureConfig, type VendureLogger } from "@vendure/core";
import { QontoPayPlugin, type QontoPayPluginOptions } from "../../src/index.ts";
import { cardHandler } from "./cards.ts";
import type { ShopRules } from "./shop-rules.ts";

export const ADMIN = { username: "superadmin", password: "superadmin" };

/** Returns the configuration of a shop as a merchant would write it. */
export function shopConfig(
  port: number,
  dbConnectionOptions: VendureConfig["dbConnectionOptions"],
  logger: VendureLogger,
  rules: ShopRules,
  options: QontoPayPluginOptions,
): VendureConfig {
  return {
    apiOptions: { port, hostname: "127.0.0.1", adminApiPath: "admin-api", shopApiPath: "shop-api" },
    authOptions: {
      tokenMethod: "bearer",
      superadminCredentials: { identifier: ADMIN.username, password: ADMIN.password },
    },
    dbConnectionOptions,
    defaultLanguageCode: LanguageCode.en,
    orderOptions: {
      orderCodeStrategy: rules.orderCodeStrategy,
      process: [defaultOrderProcess, rules.orderProcess],
      orderInterceptors: [rules.orderInterceptor],
    },
    paymentOptions: {
      paymentMethodHandlers: [cardHandler],
      paymentMethodEligibilityCheckers: [rules.eligibilityChecker],
    },
    logger,
    plugins: [QontoPayPlugin.init(options)],
  };
}
