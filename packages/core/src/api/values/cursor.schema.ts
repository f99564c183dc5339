import * as z from "zod";

/** How long a page is, as the text of a query. */
export const limitSchema = z
  .string()
  .regex(/^0*(100|[1-9]\d?)$/, "must be a whole number from 1 to 100")
  .transform(Number)
  .pipe(z.int().min(1).max(100));

/**
 * How every list of the Worker API is paged, as the text of a query: `after` is the id of the last thing of the page
 * before, `limit` is 1 to 100.
 *
 * @param prefix of the ids, without the underscore.
 */
export function cursorPage(prefix: string) {
  return {
    after: z
      .string()
      .regex(new RegExp(`^${prefix}_[0-9a-z]{20}$`), `must be an id that begins with ${prefix}_`)
      .describe("Id of the last one of the page before.")
      .optional(),
    limit: limitSchema.optional(),
  };
}

/** The answer of every list of the Worker API. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), has_more: z.boolean().describe("Whether there is a next page.") });
}
