import type { BadCall } from "./bad-calls.ts";
import { OAUTH_CLIENT, type SandboxClient } from "./sandbox-client.ts";

/** The grants that the token endpoint rejects. Source: RFC 6749, 5.2. */
export const REFUSED_GRANTS: readonly BadCall[] = [
  badGrant("without a grant_type", "invalid_request", () => OAUTH_CLIENT),
  badGrant("with an unknown grant_type", "unsupported_grant_type", () => ({ ...OAUTH_CLIENT, grant_type: "password" })),
  badGrant("with an unknown code", "invalid_grant", async (client) => ({
    ...(await client.codeGrant()),
    code: "unknown",
  })),
  badGrant("with a used code", "invalid_grant", async (client) => {
    const grant = await client.codeGrant();
    await client.call("createToken", { body: grant });
    return grant;
  }),
  badGrant("with a code older than 10 minutes", "invalid_grant", async (client) => {
    const grant = await client.codeGrant();
    await client.control("POST", "/clock", { advance_seconds: 601 });
    return grant;
  }),
  badGrant("with another redirect_uri", "invalid_grant", async (client) => ({
    ...(await client.codeGrant()),
    redirect_uri: "http://localhost:8787/elsewhere",
  })),
  badGrant("with an unknown refresh token", "invalid_grant", () => ({
    ...OAUTH_CLIENT,
    grant_type: "refresh_token",
    refresh_token: "unknown",
  })),
  {
    ...badGrant("from an unknown client", "invalid_client", async (client) => ({
      ...(await client.codeGrant()),
      client_secret: "wrong",
    })),
    status: 401,
  },
];

type Form = Record<string, string>;

function badGrant(why: string, code: string, form: (client: SandboxClient) => Form | Promise<Form>): BadCall {
  return {
    operation: "createToken",
    case: why,
    status: 400,
    code,
    prepare: async (client) => ({ body: await form(client) }),
  };
}
