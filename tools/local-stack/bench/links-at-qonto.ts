import { controlSandbox } from "../servers/control-sandbox.ts";

export interface LinkAtQonto {
  readonly id: string;
  readonly status: string;
  readonly url: string;
  readonly created_at: string;
  readonly amount: { readonly value: string };
}

/** Lists every link as any client of Qonto would, the oldest first. */
export async function linksAtQonto(sandboxUrl: string): Promise<readonly LinkAtQonto[]> {
  const token = await obtainToken(sandboxUrl, "payment_link.read");
  const headers = { Authorization: `Bearer ${token}`, "X-Qonto-Staging-Token": "sandbox-staging-token" };
  const links: LinkAtQonto[] = [];
  for (let page: number | null = 1; page !== null; ) {
    const answer = await fetch(`${sandboxUrl}/v2/payment_links?per_page=100&page=${page}`, { headers });
    const { payment_links, meta } = (await answer.json()) as {
      payment_links: readonly LinkAtQonto[];
      meta: { next_page: number | null };
    };
    links.push(...payment_links);
    page = meta.next_page;
  }
  return links.toSorted((a, b) => a.created_at.localeCompare(b.created_at));
}

/** Returns an access token of the sandbox's organization. */
export async function obtainToken(sandboxUrl: string, scope: string): Promise<string> {
  const redirectUri = "http://localhost/callback";
  const { code } = (await controlSandbox(sandboxUrl, "POST", "authorizations", {
    redirect_uri: redirectUri,
    scope,
  })) as { code: string };
  const client = { client_id: "sandbox-client", client_secret: "sandbox-secret" };
  const answer = await fetch(`${sandboxUrl}/oauth2/token`, {
    method: "POST",
    headers: { "X-Qonto-Staging-Token": "sandbox-staging-token" },
    body: new URLSearchParams({ ...client, grant_type: "authorization_code", code, redirect_uri: redirectUri }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}
