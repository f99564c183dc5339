import * as z from "zod";

/** The size of a page, as the text of a query parameter. */
export const limitSchema = z
  .string()
  .regex(/^0*(100|[1-9]\d?)$/, "must be a whole number from 1 to 100")
  .transform(Number)
  .pipe(z.int().min(1).max(100));

/**
 * The pagination of every list of the Worker API, as the text of a query: `after` is the id of the last item of the
 * previous page, `limit` is 1 to 100.
 *
 * @param prefix of the ids, without the underscore.
 */
export function cursorPage(prefix: string) {
  return {
    after: z
      .string()
      .regex(new RegExp(`^${prefix}_[0-9a-z]{20}$`), `must be an id that begins with ${prefix}_`)
      .describe("Id of the last item of the previous page.")
      .optional(),
    limit: limitSchema.optional(),
  };
}

/** Response of every list of the Worker API. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), has_more: z.boolean().describe("Whether there is a next page.") });
}
