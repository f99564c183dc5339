/**
 * A query as a record, with its lists as lists however they came: `status[]=a&status[]=b`, as Qonto has it,
 * `status[0]=a&status[1]=b`, as PHP writes it, or `status=a,b`.
 *
 * @param lists the words that are lists.
 */
export function recordOfQuery(query: URLSearchParams, lists: readonly string[] = ["status"]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [word, value] of query) {
    const name = word.replace(/\[\d*\]$/, "");
    const list = lists.includes(name) ? name : null;
    if (list === null) found[word] = value;
    else found[list] = [...((found[list] as string[] | undefined) ?? []), ...value.split(",")];
  }
  return found;
}
