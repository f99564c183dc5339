/** A page of every list of the Worker. The last one's `id` is the `after` of the next page. */
export interface Page<Item> {
  readonly data: readonly Item[];
  /** Whether there is a next page. */
  readonly has_more: boolean;
}

/** The query of every list of the Worker. */
export interface PageQuery {
  /** Id of the last one of the page before. */
  readonly after?: string | undefined;
  /** How long a page is, 1 to 100. */
  readonly limit?: number | undefined;
}
