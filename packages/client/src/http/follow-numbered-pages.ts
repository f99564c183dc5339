/** A page of any list of Qonto's, which are paged by number. */
interface NumberedPage<Item> {
  readonly items: readonly Item[];
  readonly meta: { readonly next_page: number | null; readonly total_count: number };
}

/** A list that counts more than was seen is given up after as many passes in a row that brought nothing new. */
const FRUITLESS_PASSES = 2;

/**
 * Everything on a list of Qonto's, each thing once, each page read when it is needed.
 *
 * What has a place on such a list moves when something before it comes or goes, or when the list is sorted by nothing that
 * tells its things apart. So nothing is told twice, and the list is read once more where it counts more than was seen, for
 * as long as that brings something new in one of two passes.
 *
 * @param readPage is given the number of the page, from 1 on, and that of the pass, from 0 on: each may have an order of its
 *   own.
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
