/**
 * A value of a query. A list is sent as Qonto has it, `status[]=open&status[]=paid`; a map with its keys,
 * `metadata[cart]=c-17`.
 */
type QueryValue = string | number | readonly string[] | Readonly<Record<string, string>> | undefined;

/** A query as the end of an address; empty where there is nothing to ask. */
export function queryText(query: object): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, QueryValue][]) {
    if (Array.isArray(value)) for (const one of value as readonly string[]) asked.append(`${name}[]`, one);
    else if (typeof value === "object")
      for (const [key, one] of Object.entries(value)) asked.append(`${name}[${key}]`, one);
    else if (value !== undefined) asked.append(name, String(value));
  }
  const text = asked.toString();
  return text === "" ? "" : `?${text}`;
}
