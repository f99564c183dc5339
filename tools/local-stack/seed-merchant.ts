/** A merchant for local work. The products are as `PUT /v1/products/{id}` takes them, with their `id`. */
export interface LocalMerchant {
  readonly name: string;
  readonly secret_key: string;
  readonly products: readonly unknown[];
}

export interface SeedTarget {
  readonly sandboxUrl: string;
  readonly workerUrl: string;
  readonly shopUrl: string;
  readonly adminKey: string;
}

/**
 * Gives a merchant its catalogue and connects it to the sandbox.
 *
 * @throws Error naming the step that was refused.
 */
export async function seedMerchant(merchant: LocalMerchant, target: SeedTarget): Promise<void> {
  const { sandboxUrl, workerUrl, shopUrl, adminKey } = target;
  const redirectUri = `${workerUrl}/oauth/callback`;
  const scope = "offline_access organization.read payment_link.read payment_link.write webhook";
  const consent = await send("POST", `${sandboxUrl}/_sandbox/authorizations`, { redirect_uri: redirectUri, scope });
  const { code } = (await consent.json()) as { code: string };
  const seed = {
    code,
    redirect_uri: redirectUri,
    webhook_callback_url: `${workerUrl}/webhooks/qonto/${merchant.name}`,
    secret_key: merchant.secret_key,
    allowed_origins: [shopUrl, shopUrl.replace("localhost", "127.0.0.1")],
    products: merchant.products,
  };
  await send("PUT", `${workerUrl}/_local/merchants/${merchant.name}`, seed, `Bearer ${adminKey}`);
}

async function send(method: string, url: string, body: unknown, authorization?: string): Promise<Response> {
  const headers = { "Content-Type": "application/json", ...(authorization && { Authorization: authorization }) };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!response.ok)
    throw new Error(`${method} ${new URL(url).pathname} answered ${response.status}: ${await response.text()}`);
  return response;
}
