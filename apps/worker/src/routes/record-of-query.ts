import { cutText } from "@qonto-pay/core/text";
import { z } from "zod";
import { Failure } from "../failure/failure.ts";

/**
 * A query as a record, with the lists of its schema as lists however they came: `status[]=a&status[]=b`, as Qonto has it,
 * `status[0]=a&status[1]=b`, as PHP writes it, or `status=a,b`.
 *
 * @throws Failure `invalid_request` for a word that is no list and came twice.
 */
export function recordOfQuery(query: URLSearchParams, { shape }: z.ZodObject): Record<string, unknown> {
  // A `Map`, since anybody may name a word `__proto__`.
  const found = new Map<string, unknown>();
  const lists = new Map<string, string[]>();
  for (const [word, value] of query) {
    const name = word.replace(/\[\d*\]$/, "");
    if (Object.hasOwn(shape, name) && isList(shape[name])) {
      lists.set(name, [...(lists.get(name) ?? []), ...value.split(",")]);
    } else if (found.has(word)) {
      throw new Failure("invalid_request", {
        param: cutText(word, 100),
        message: "Each query word can be given once.",
      });
    } else found.set(word, value);
  }
  return Object.fromEntries([...found, ...lists]);
}

function isList(field: unknown): boolean {
  return field instanceof z.ZodOptional ? isList(field.unwrap()) : field instanceof z.ZodArray;
}
