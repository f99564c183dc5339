import { control } from "./sandbox.ts";
import { answerAsServer, callAsServer, type ServerCheckout } from "./server.ts";
import { errorOf } from "./shop.ts";

export function update(id: string, body: unknown): Promise<ServerCheckout> {
  return answerAsServer("PATCH", `checkouts/${id}`, { body });
}

export async function refusalOf(id: string, body: unknown) {
  const response = await callAsServer("PATCH", `checkouts/${id}`, { body });
  return { status: response.status, ...(await errorOf(response)) };
}

export function read(
  id: string,
): Promise<ServerCheckout & { readonly superseded_by: string | null; readonly status_url: string }> {
  return answerAsServer("GET", `checkouts/${id}`);
}

export async function moveTo({ id }: { readonly id: string }, status: string): Promise<void> {
  const { payment_link } = await read(id);
  await control("POST", `payment_links/${payment_link.id}/payments`, { status, force: status === "paid" });
  await answerAsServer("POST", `checkouts/${id}/sync`);
}

/** Returns the checkouts, newest first. */
export async function listed(): Promise<readonly [{ readonly id: string }]> {
  return (await answerAsServer<{ data: readonly [{ readonly id: string }] }>("GET", "checkouts")).data;
}
