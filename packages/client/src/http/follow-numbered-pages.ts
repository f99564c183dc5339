/** A page of any list of Qonto's, which are paged by number. */
interface NumberedPage<Item> {
  readonly items: readonly Item[];
  readonly meta: { readonly next_page: number | null; readonly total_count: number };
}

/**
 * Everything on a list of Qonto's, each thing once, each page read when it is needed.
 *
 * What has a place on such a list moves when something before it comes or goes. So nothing is told twice, and the list is
 * read once more where it counts more than was seen, for as long as that brings something new.
 *
 * @param readPage is given the number of the page, from 1 on.
 */
export async function* followNumberedPages<Item extends { readonly id: string }>(
  readPage: (page: number) => Promise<NumberedPage<Item>>,
): AsyncGenerator<Item, void, undefined> {
  const seen = new Set<string>();
  for (let isMore = true; isMore; ) {
    const seenBefore = seen.size;
    let count = 0;
    for (let page: number | null = 1; page !== null; ) {
      const { items, meta }: NumberedPage<Item> = await readPage(page);
      for (const item of items) {
        if (seen.has(item.id)) continue;
        seen.add(item.id);
        yield item;
      }
      page = meta.next_page;
      count = meta.total_count;
    }
    isMore = seen.size < count && seen.size > seenBefore;
  }
}
