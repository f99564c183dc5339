import { type Answer, recordOf, summaryOf, wordOf } from "../answer.ts";
import { type Facts, type ProbeContext, Skipped } from "../probe.ts";

const WRONG_TOKEN = { grant_type: "refresh_token", refresh_token: "not-a-refresh-token" };

/** 3: the token endpoint and the API with and without the staging token. Uses up no refresh token. */
export async function leaveStagingOut({ api, target }: ProbeContext): Promise<Facts> {
  const organization = `${target.apiUrl}/v2/organization`;
  return {
    "token endpoint with it": summaryOf(await api.token(WRONG_TOKEN)),
    "token endpoint without it": summaryOf(await api.token(WRONG_TOKEN, { isStaged: false })),
    "API without it": summaryOf(await api.send(organization, { headers: { Authorization: "Bearer not-a-token" } })),
  };
}

/** 14: a refresh token used twice, and a wrong client secret. Ends with valid tokens, if Qonto issues any. */
export async function refreshTwice({ api, target }: ProbeContext): Promise<Facts> {
  const refresh_token = api.refreshToken;
  const refresh = (token: string): Promise<Answer> => api.token({ grant_type: "refresh_token", refresh_token: token });
  const first = await refresh(refresh_token);
  api.adopt(first);
  const within = await refresh(refresh_token);
  const isAdopted = api.adopt(within);
  await target.wait(65_000);
  const after = await refresh(refresh_token);
  const newest = await refresh(api.refreshToken);
  api.adopt(newest);
  const wrong = await api.token(
    { grant_type: "refresh_token", refresh_token: "not-a-refresh-token" },
    { clientSecret: "wrong-client-secret" },
  );
  return {
    refresh: summaryOf(first),
    "life of an access token": wordOf(recordOf(first.body)["expires_in"]),
    "the same refresh token within 60 s": summaryOf(within),
    "the second answer has tokens": String(isAdopted),
    "the same refresh token after 60 s": summaryOf(after),
    "the newest refresh token after that": summaryOf(newest),
    "wrong client secret": summaryOf(wrong),
    "wrong client secret: WWW-Authenticate":
      wrong.challenge === null ? "absent" : wordOf(wrong.challenge.split(" ")[0]),
  };
}

/** 15: ways to end the consent. The last probe: the next run needs a new consent. */
export async function revoke({ api, target }: ProbeContext): Promise<Facts> {
  if (!target.allows.revoke) throw new Skipped("needs --revoke");
  const consents = await api.call("DELETE", "/v2/oauth2/consents");
  const before = await api.call("GET", "/v2/organization");
  const revoked = await api.send(`${target.oauthUrl}/oauth2/revoke`, {
    method: "POST",
    headers: api.staging(),
    body: new URLSearchParams({
      client_id: target.clientId,
      client_secret: target.clientSecret,
      token: api.refreshToken,
    }),
  });
  const refreshed = await api.token({ grant_type: "refresh_token", refresh_token: api.refreshToken });
  return {
    "DELETE /v2/oauth2/consents": summaryOf(consents),
    "API after that": String(before.status),
    "POST /oauth2/revoke": summaryOf(revoked),
    "refresh after that": summaryOf(refreshed),
  };
}
