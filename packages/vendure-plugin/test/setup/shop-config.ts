import { defaultOrderProcess, LanguageCode, type VendureConfig, type VendureLogger } from "@vendure/core";
import { QontoPayPlugin, type QontoPayPluginOptions } from "../../src/index.ts";
import type { ShopRules } from "./shop-rules.ts";

export const ADMIN = { username: "superadmin", password: "superadmin" };

/** A shop as a merchant would configure it. @param database of one that ran before, in memory as this one's is. */
export function shopConfig(
  port: number,
  database: Uint8Array | undefined,
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
    dbConnectionOptions: {
      type: "sqljs",
      synchronize: database === undefined,
      ...(database !== undefined && { database }),
    },
    defaultLanguageCode: LanguageCode.en,
    orderOptions: {
      orderCodeStrategy: rules.orderCodeStrategy,
      process: [defaultOrderProcess, rules.orderProcess],
    },
    paymentOptions: {
      paymentMethodHandlers: [],
      paymentMethodEligibilityCheckers: [rules.eligibilityChecker],
    },
    logger,
    plugins: [QontoPayPlugin.init(options)],
  };
}
