/** A value of a query; several are sent as Qonto has them, `status[]=open&status[]=paid`. */
type QueryValue = string | number | readonly string[] | undefined;

/** A query as the end of an address; empty where there is nothing to ask. */
export function queryText(query: object): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, QueryValue][]) {
    if (typeof value === "object") for (const one of value) asked.append(`${name}[]`, one);
    else if (value !== undefined) asked.append(name, String(value));
  }
  const text = asked.toString();
  return text === "" ? "" : `?${text}`;
}
