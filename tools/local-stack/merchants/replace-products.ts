import type { WorkerApi } from "./worker-api.ts";

/** The body of `PUT /v1/products/{id}`, with its `id`. */
export interface ProductToSell {
  readonly id: string;
  readonly [field: string]: unknown;
}

interface ProductPage {
  readonly data: readonly { readonly id: string }[];
  readonly has_more: boolean;
}

/** Gives a merchant exactly these products. @param merchant API client with a secret key. @throws RefusedCall */
export async function replaceProducts(merchant: WorkerApi, products: readonly ProductToSell[]): Promise<void> {
  const saved = Promise.all(products.map(({ id, ...body }) => merchant.call("PUT", `products/${id}`, { body })));
  const wanted = new Set(products.map(({ id }) => id));
  const listed = await listIds(merchant);
  const gone = listed.filter((id) => !wanted.has(id));
  await Promise.all([saved, ...gone.map((id) => merchant.call("DELETE", `products/${id}`))]);
}

async function listIds(merchant: WorkerApi): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let after = ""; ; after = `?after=${ids.at(-1)}`) {
    const { data, has_more } = await merchant.call<ProductPage>("GET", `products${after}`);
    ids.push(...data.map(({ id }) => id));
    if (!has_more) return ids;
  }
}
