import type { Client, Reply } from "./client.ts";

/** Sends the form of a page to its `action`, as a browser without scripts does. */
export async function submit(client: Client, page: Reply, fields: Record<string, string>): Promise<Reply> {
  const action = /<form method="post" action="([^"]+)"/.exec(page.text)?.[1]?.replaceAll("&amp;", "&");
  return client.form(action ?? "/no-form-on-the-page", fields);
}
