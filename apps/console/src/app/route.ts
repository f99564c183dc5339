/** A page of the console. Its address stands behind the `#`: the Worker serves one file for all of them. */
export type Route = { readonly page: "account" | "not_found" };

export const ADDRESSES = { account: "#/account" } as const;

/** Reads the page from the address. The first page has no address of its own. */
export function currentRoute(): Route {
  const path = location.hash.replace(/^#\/?/, "");
  if (path === "" || path === "account") return { page: "account" };
  return { page: "not_found" };
}
