import type { QontoCallSettings } from "./qonto-call.ts";
import { exchange, notJson, STAGING_TOKEN_HEADER } from "./http-exchange.ts";
import { sendRequest } from "./outgoing-request.ts";
import { parseJson } from "./parse-json.ts";
import { QontoError } from "./qonto-error.ts";

const OPERATION = "getOrganization";
const TIMEOUT_MS = 5_000;

/**
 * Checks, without any merchant, whether Qonto's API answers: it rejects a call without a token with 401, which counts
 * against Qonto's limit of 401s. The proxy in front of Qonto's sandbox answers differently (see `foreignAnswer`).
 *
 * @returns null if Qonto answers; otherwise the error that every call would get.
 */
export async function probeApi({ apiUrl, stagingToken }: QontoCallSettings): Promise<QontoError | null> {
  const headers = {
    Accept: "application/json",
    ...(stagingToken === null ? {} : { [STAGING_TOKEN_HEADER]: stagingToken }),
  };
  const request = { url: new URL("/v2/organization", apiUrl).href, method: "GET", headers, body: null };
  try {
    const answer = await exchange({ operation: OPERATION, request, timeoutMs: TIMEOUT_MS, send: sendRequest });
    const isReadable = answer.status === 401 || parseJson(answer.body) !== undefined;
    return isReadable ? null : notJson(OPERATION, request);
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    return fault;
  }
}
