import type { Page } from "@qonto-pay/core/api";

/**
 * A list. Awaited, it is a page; iterated with `for await`, it is every item, page by page. It sends no request before
 * that, and requests the awaited page at most once. To read the list again, call its method again.
 */
export interface ListPromise<Item, ItemPage = Page<Item>> extends Promise<ItemPage>, AsyncIterable<Item> {
  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined>;
}

/**
 * Creates a list from two functions, which run when the list is awaited or iterated.
 *
 * @param readAll receives a function that returns the awaited page, for a list whose iteration begins with it.
 */
export function listPromise<Item, ItemPage>(
  readPage: () => Promise<ItemPage>,
  readAll: (page: () => Promise<ItemPage>) => AsyncGenerator<Item, void, undefined>,
): ListPromise<Item, ItemPage> {
  let reading: Promise<ItemPage> | undefined;
  // Starts with a caller that handles the rejection: a list that is never used rejects nothing.
  const page = () => (reading ??= readPage());
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- A list is meant to be awaited.
    then: (onPage, onError) => page().then(onPage, onError),
    catch: (onError) => page().catch(onError),
    finally: (onEnd) => page().finally(onEnd),
    [Symbol.asyncIterator]: () => readAll(page),
    [Symbol.toStringTag]: "ListPromise",
  };
}

/**
 * Creates a list of the Worker, whose pages follow each other by the id of their last item, or by `next_after`.
 *
 * @param first where the first page begins: after the item with this id; undefined for the beginning.
 */
export function cursorList<Item extends { readonly id: string }>(
  first: string | undefined,
  readPage: (after: string | undefined) => Promise<Page<Item> & { readonly next_after?: string | undefined }>,
): ListPromise<Item> {
  return listPromise(
    () => readPage(first),
    async function* readAll(firstPage) {
      for (let page = await firstPage(); ; ) {
        yield* page.data;
        const last = page.next_after ?? page.data.at(-1)?.id;
        if (!page.has_more || last === undefined) return;
        page = await readPage(last);
      }
    },
  );
}

/** A page of one of Qonto's lists, which are paged by number. */
interface NumberedPage<Item> {
  readonly items: readonly Item[];
  readonly meta: { readonly next_page: number | null; readonly total_count: number };
}

/** After this many passes in a row without a new entry, the reader stops, even if the list counts more. */
const FRUITLESS_PASSES = 2;

/**
 * Reads one of Qonto's lists and returns each entry once. Requests each page when it is needed.
 *
 * Entries move when an entry before them is added or removed, or when the sort key does not distinguish them. If the
 * list counts more entries than were seen, it is read again, until two passes in a row bring nothing new.
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
