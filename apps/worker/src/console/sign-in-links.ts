import {
  type CreateSignInLinkRequest,
  type PageQuery,
  SIGN_IN_FRAGMENT,
  type SignInLink,
  type SignInLinkInfo,
  type SignInLinkPage,
} from "@qonto-pay/core/api";
import { pageOfWhole } from "../context/list-page.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { digestOf } from "../crypto/digest.ts";
import { randomId } from "../crypto/random-id.ts";
import { ApiError } from "../errors/api-error.ts";
import type { ServerCall } from "../idempotency/server-call.ts";
import type { StoredSignInLink } from "../storage/sign-in-links.ts";
import { newConsoleToken } from "./console-token.ts";
import { requireActive } from "../accounts/require-active.ts";

const DEFAULT_LIFE_SECONDS = 15 * 60;

/**
 * Creates a link that signs one browser in. Its token stands behind the `#`, so that it reaches no server before the
 * page sends it: a mail scanner or a preview can't use the link up.
 */
export async function createSignInLink(
  merchant: MerchantContext,
  { role, name, expires_in: lifeSeconds = DEFAULT_LIFE_SECONDS }: CreateSignInLinkRequest,
  call: ServerCall,
): Promise<SignInLink> {
  const token = await newConsoleToken(merchant.name);
  const hash = await digestOf(token);
  // Synchronous with the addition: a thief whose key or session is being revoked must not get a link.
  requireActive(merchant, call);
  const { keyId } = call;
  const keyEndsWith = merchant.secretKeys.list().find(({ id }) => id === keyId)?.ends_with ?? "";
  const createdAt = Date.now();
  const expiresAt = createdAt + lifeSeconds * 1000;
  const link: StoredSignInLink = { id: randomId("lnk"), role, name, keyId, keyEndsWith, createdAt, expiresAt };
  merchant.signInLinks.add(hash, link);
  const url = new URL("/console", merchant.config.workerUrl);
  return { ...infoOf(link), url: `${url.href}${SIGN_IN_FRAGMENT}${token}` };
}

/** Lists the unused links, the latest first. @throws ApiError `invalid_request` for an unknown `after`. */
export function listSignInLinks({ signInLinks }: MerchantContext, query: PageQuery): SignInLinkPage {
  return pageOfWhole(signInLinks.list(Date.now()).map(infoOf), query, "sign-in link");
}

/** Deletes an unused link. @throws ApiError `sign_in_link_not_found`. */
export function deleteSignInLink(merchant: MerchantContext, { id }: { readonly id: string }): SignInLinkPage {
  if (!merchant.signInLinks.remove(id)) throw new ApiError("sign_in_link_not_found");
  return listSignInLinks(merchant, {});
}

function infoOf({ id, role, name, createdAt, expiresAt }: StoredSignInLink): SignInLinkInfo {
  return {
    id,
    role,
    name,
    created_at: new Date(createdAt).toISOString(),
    expires_at: new Date(expiresAt).toISOString(),
  };
}
