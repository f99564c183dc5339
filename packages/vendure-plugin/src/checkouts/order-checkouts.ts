import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutSnapshot, QontoPay, QontoPayError } from "@qonto-pay/client";
import type { ID, RequestContext } from "@vendure/core";
import { CheckoutStoreService } from "../services/checkout-store.service.ts";
import { ShopIdentityService } from "../storage/shop-identity.ts";
import { claimedOrder, metadataOfOrder } from "../services/checkout-metadata.ts";

/** The largest page that the Worker answers. */
const PAGE = 100;

/** Lists the checkouts of an order. */
@Injectable()
export class OrderCheckouts {
  readonly #qontoPay: QontoPay;
  readonly #known: CheckoutStoreService;
  readonly #identity: ShopIdentityService;

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(CheckoutStoreService) known: CheckoutStoreService,
    @Inject(ShopIdentityService) identity: ShopIdentityService,
  ) {
    this.#qontoPay = qontoPay;
    this.#known = known;
    this.#identity = identity;
  }

  /**
   * Returns the checkouts of an order in every status, newest first. Includes those under an earlier order code or
   * `referencePrefix`, one whose response was lost, and one whose metadata no longer names the order.
   *
   * Usually reads one list, because the order may be locked meanwhile. Reads a stored checkout by its id only if the list
   * lacks it. Leaves out one that the Worker does not know, such as of a merchant that was set up again: it can't be paid.
   *
   * @throws QontoPayError, QontoPayConnectionError
   */
  async list(ctx: RequestContext, orderId: ID): Promise<readonly CheckoutSnapshot[]> {
    const shopId = await this.#identity.get();
    const listed: CheckoutSnapshot[] = [];
    const query = { metadata: metadataOfOrder(shopId, orderId), opened_by: ["server"], limit: PAGE } as const;
    for await (const checkout of this.#qontoPay.checkouts.list(query)) listed.push(checkout);
    const ids = new Set(listed.map(({ id }) => id));
    const ofOthers = await this.#known.ofOtherOrders(ctx, [...ids], orderId);
    const missing = (await this.#known.unsettledOf(ctx, orderId)).filter((id) => !ids.has(id));
    const found = await Promise.all(missing.map((id) => this.#find(id)));
    return [
      ...listed.filter(({ id }) => !ofOthers.has(id)),
      ...found.filter((checkout) => checkout !== null).filter((checkout) => isOfShop(checkout, shopId)),
    ].toSorted((one, other) => Date.parse(other.created_at) - Date.parse(one.created_at));
  }

  async #find(id: string): Promise<CheckoutSnapshot | null> {
    try {
      return await this.#qontoPay.checkouts.get(id);
    } catch (error) {
      if (error instanceof QontoPayError && error.code === "checkout_not_found") return null;
      throw error;
    }
  }
}

/** False for a checkout of the shop that this shop's database was copied from. */
function isOfShop(checkout: CheckoutSnapshot, shopId: string): boolean {
  return (claimedOrder(checkout).shopId ?? shopId) === shopId;
}
