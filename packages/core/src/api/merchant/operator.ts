import type { Environment } from "./keys.ts";
import type { Page, PageQuery } from "../values/page.ts";

/** Body of `POST /v1/operator/session`. */
export interface OperatorSignInRequest {
  readonly admin_key: string;
}

/** Response of `POST /v1/operator/session` and of `GET /v1/operator/session`. Times are ISO 8601. */
export interface OperatorSession {
  readonly environment: Environment;
  readonly signed_in_at: string;
  /** When the session ends, unless it is used again before. */
  readonly expires_at: string;
}

/** A merchant in the list of merchants. */
export interface ListedMerchant {
  readonly merchant: string;
  /** When the deployment first saw the merchant. */
  readonly listed_at: string;
}

/** Query of `GET /v1/merchants`: `after` is the name of the last merchant of the previous page. */
export type MerchantsQuery = PageQuery;

/** Response of `GET /v1/merchants`, by name. */
export type MerchantPage = Page<ListedMerchant>;
