import { cutText } from "@qonto-pay/core/text";
import * as z from "zod";
import { ApiError } from "../../errors/api-error.ts";

const NO_SUCH_KEY = "This key can't exist in metadata. Send another key.";

/**
 * Returns a query as a record. A list of the schema can arrive as `status[]=a&status[]=b`, as Qonto writes it, as
 * `status[0]=a&status[1]=b`, as PHP writes it, or as `status=a,b`. The entries of a map arrive as
 * `metadata[key]=value`.
 *
 * @throws ApiError `invalid_request` for a repeated parameter that is not a list.
 */
export function recordOfQuery(query: URLSearchParams, { shape }: z.ZodObject): Record<string, unknown> {
  // A `Map`, since a caller can name a parameter `__proto__`.
  const found = new Map<string, unknown>();
  const lists = new Map<string, string[]>();
  const maps = new Map<string, (readonly [string, string])[]>();
  for (const [word, value] of query) {
    const [, map = "", key = ""] = /^(\w+)\[(.+)\]$/s.exec(word) ?? [];
    const name = word.replace(/\[\d*\]$/, "");
    if (Object.hasOwn(shape, name) && isList(shape[name])) {
      lists.set(name, [...(lists.get(name) ?? []), ...value.split(",")]);
    } else if (found.has(word)) {
      throw new ApiError("invalid_request", {
        param: cutText(word, 100),
        message: "This query parameter was sent more than once. Send it once.",
      });
    } else if (Object.hasOwn(shape, map) && isMap(shape[map])) {
      // zod ignores this key, and an ignored filter would list everything.
      if (key === "__proto__") throw new ApiError("invalid_request", { param: word, message: NO_SUCH_KEY });
      found.set(word, undefined);
      maps.set(map, [...(maps.get(map) ?? []), [key, value]]);
    } else found.set(word, value);
  }
  const entries = [...maps].map(([name, map]) => [name, Object.fromEntries(map)] as const);
  // If a map was also sent as a plain parameter (`metadata=x`), its schema rejects that.
  return Object.fromEntries([...entries, ...lists, ...[...found].filter(([, value]) => value !== undefined)]);
}

function isMap(field: unknown): boolean {
  return field instanceof z.ZodOptional ? isMap(field.unwrap()) : field instanceof z.ZodRecord;
}

function isList(field: unknown): boolean {
  return field instanceof z.ZodOptional ? isList(field.unwrap()) : field instanceof z.ZodArray;
}
