import type { Operations } from "./operation.ts";
import { account } from "./operations/account.ts";
import { checkouts } from "./operations/checkouts.ts";
import { merchants } from "./operations/merchants.ts";
import { pages } from "./operations/pages.ts";
import { paymentLinks } from "./operations/payment-links.ts";
import { products } from "./operations/products.ts";
import { service } from "./operations/service.ts";
import { webhookEndpoints } from "./operations/webhook-endpoints.ts";

/** What the reference says of every route of the router: a route is described in the file of its group. */
export const OPERATIONS: Operations = {
  ...checkouts,
  ...paymentLinks,
  ...products,
  ...account,
  ...webhookEndpoints,
  ...merchants,
  ...pages,
  ...service,
};
