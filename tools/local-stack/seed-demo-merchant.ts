import { DEMO_MERCHANT } from "./demo-merchant.ts";

interface SeedTarget {
  readonly sandboxUrl: string;
  readonly workerUrl: string;
  readonly shopPort: number;
  readonly adminKey: string;
}

/**
 * Gives the demo merchant its catalogue and connects it to the sandbox.
 *
 * @throws Error naming the step that was refused.
 */
export async function seedDemoMerchant({ sandboxUrl, workerUrl, shopPort, adminKey }: SeedTarget): Promise<void> {
  const redirectUri = `${workerUrl}/oauth/callback`;
  const scope = "offline_access organization.read payment_link.read payment_link.write webhook";
  const consent = await send("POST", `${sandboxUrl}/_sandbox/authorizations`, { redirect_uri: redirectUri, scope });
  const { code } = (await consent.json()) as { code: string };
  const seed = {
    code,
    redirect_uri: redirectUri,
    webhook_callback_url: `${workerUrl}/webhooks/qonto/${DEMO_MERCHANT.name}`,
    secret_key: DEMO_MERCHANT.secret_key,
    allowed_origins: [`http://localhost:${shopPort}`, `http://127.0.0.1:${shopPort}`],
    products: DEMO_MERCHANT.products,
  };
  await send("PUT", `${workerUrl}/_local/merchants/${DEMO_MERCHANT.name}`, seed, `Bearer ${adminKey}`);
}

async function send(method: string, url: string, body: unknown, authorization?: string): Promise<Response> {
  const headers = { "Content-Type": "application/json", ...(authorization && { Authorization: authorization }) };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!response.ok)
    throw new Error(`${method} ${new URL(url).pathname} answered ${response.status}: ${await response.text()}`);
  return response;
}
