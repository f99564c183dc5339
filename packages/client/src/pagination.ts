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

/** A page of any list of Qonto's, which are paged by number. */
interface NumberedPage<Item> {
  readonly items: readonly Item[];
  readonly meta: { readonly next_page: number | null; readonly total_count: number };
}

/** After this many passes in a row without a new entry, the reader stops, even if the list counts more. */
const FRUITLESS_PASSES = 2;

/**
 * Everything on a list of Qonto's, each thing once, each page read when it is needed.
 *
 * Entries move when an entry before them is added or removed, or when the sort key does not distinguish them. So each entry
 * is returned once. If the list counts more entries than were seen, it is read again, for as long as one of two passes
 * brings something new.
 *
 * @param readPage receives the number of the page, from 1 on, and of the pass, from 0 on. Each pass may use another
 *   order.
 */
export async function* followNumberedPages<Item extends { readonly id: string }>(
  readPage: (page: number, pass: number) => Promise<NumberedPage<Item>>,
): AsyncGenerator<Item, void, undefined> {
  const seen = new Set<string>();
  for (let pass = 0, fruitless = 0, isMore = true; isMore; pass += 1) {
    const seenBefore = seen.size;
    let count = 0;
    for (let page: number | null = 1; page !== null; ) {
      const { items, meta }: NumberedPage<Item> = await readPage(page, pass);
      for (const item of items) {
        if (seen.has(item.id)) continue;
        seen.add(item.id);
        yield item;
      }
      page = meta.next_page;
      count = meta.total_count;
    }
    fruitless = seen.size > seenBefore ? 0 : fruitless + 1;
    isMore = seen.size < count && fruitless < FRUITLESS_PASSES;
  }
}
