/** A page of a list of the Worker. The last item's `id` is the `after` of the next page. */
export interface Page<Item> {
  readonly data: readonly Item[];
  /** Whether there is a next page. */
  readonly has_more: boolean;
}

/** The query of every list of the Worker. */
export interface PageQuery {
  /** Id of the last item of the previous page. */
  readonly after?: string | undefined;
  /** The maximum number of items on a page, 1 to 100. */
  readonly limit?: number | undefined;
}
