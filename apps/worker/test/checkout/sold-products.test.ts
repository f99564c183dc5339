import { beforeEach, describe, expect, it } from "vitest";
import { control, linksAtQonto } from "../support/sandbox.ts";
import { answerAsServer, openServerCheckout, toldEvents } from "../support/server.ts";
import { checkoutFor, openShop } from "../support/shop.ts";

beforeEach(openShop);

/** Opens a checkout as a shopper's button, pays it, and returns the checkout of the event that reports it. */
async function soldAs(request: Readonly<Record<string, unknown>>): Promise<Record<string, unknown> | undefined> {
  const { id, url } = await checkoutFor({ ...request, attempt_id: "attempt-0001" });
  const link = (await linksAtQonto()).find((found) => found.url === url);
  await control("POST", `payment_links/${link?.id}/payments`, { status: "paid" });
  await answerAsServer("POST", `checkouts/${id}/sync`);
  return (await toldEvents()).find(({ type }) => type === "checkout.paid")?.data.checkout;
}

describe("the event that a button's checkout is paid", () => {
  it.each([
    ["one product", { product: "mug" }, [{ product: "mug", quantity: 1 }]],
    ["a quantity", { product: "mug", quantity: 3 }, [{ product: "mug", quantity: 3 }]],
    ["an open amount", { product: "donation", amount: "7.50" }, [{ product: "donation", quantity: 1 }]],
    [
      "several products",
      { items: [{ product: "poster", quantity: 2 }, { product: "mug" }] },
      [
        { product: "poster", quantity: 2 },
        { product: "mug", quantity: 1 },
      ],
    ],
  ])("names what was sold: %s", async (_case, request, products) => {
    expect(await soldAs(request)).toMatchObject({ status: "paid", opened_by: "button", products, metadata: {} });
  });
});

it("a checkout of the server names no products, because the server knows its own items", async () => {
  const { id } = await openServerCheckout({ reference: "ORDER-1" });
  expect(await answerAsServer("GET", `checkouts/${id}`)).toMatchObject({ products: null });
});
