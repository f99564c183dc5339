/** A page of the console. Its address stands behind the `#`: the Worker serves one file for all of them. */
export type Route =
  | { readonly page: "account" | "not_found" | "payments" }
  | { readonly page: "payment"; readonly id: string };

/** Reads the page from the address. */
export function currentRoute(): Route {
  const [first = "", id, ...rest] = location.hash.replace(/^#\/?/, "").split("/");
  if (rest.length > 0) return { page: "not_found" };
  if (id === undefined) {
    if (first === "" || first === "payments") return { page: "payments" };
    return { page: first === "account" ? "account" : "not_found" };
  }
  return first === "payments" && /^[\w-]+$/.test(id) ? { page: "payment", id } : { page: "not_found" };
}
