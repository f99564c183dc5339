import type { Page } from "@qonto-pay/core/api";

/**
 * Everything on a list, page by page, each page read when it is needed.
 *
 * @param first where to begin: after the thing with this id; undefined for the beginning.
 * @param readPage is given the id of the last thing before the page.
 */
export async function* followPages<Item extends { readonly id: string }>(
  first: string | undefined,
  readPage: (after: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  for (let after = first, isMore = true; isMore; ) {
    const { data, has_more } = await readPage(after);
    yield* data;
    after = data.at(-1)?.id;
    isMore = has_more && after !== undefined;
  }
}
