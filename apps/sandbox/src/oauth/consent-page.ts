import { type Answer, seeOther } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { pageAnswer } from "../pages/layout.ts";
import { type Markup, markup } from "../pages/markup.ts";
import { messageView } from "../pages/message-view.ts";
import type { World } from "../world.ts";
import { type AuthorizationRequest, backToClient, readAuthorizationRequest } from "./authorization-request.ts";
import { issueCode } from "./issue-code.ts";
import { CLIENT_ID } from "./oauth-form.ts";
import { scopeInWords } from "./scopes.ts";

/** Handles `GET /oauth2/auth`: asks the merchant to allow the requested access. */
export function showConsent(world: World, call: Call): Answer {
  return whenGood(world, call, (request) =>
    pageAnswer(200, `Connect ${world.store.state.organization.name}`, consentForm(world, call, request)),
  );
}

/**
 * Handles `POST /oauth2/auth`, with the query of the page: redirects to the client with a code or with `access_denied`.
 */
export function submitConsent(world: World, call: Call): Answer {
  return whenGood(world, call, (request) => {
    switch (new URLSearchParams(call.text).get("decision")) {
      case "allow":
        return seeOther(backToClient(request, { code: issueCode(world, request) }));
      case "refuse":
        return seeOther(backToClient(request, REFUSAL));
      default:
        return seeOther(consentPath(call));
    }
  });
}

const REFUSAL = { error: "access_denied", error_description: "The merchant refused." };

function whenGood(world: World, call: Call, then: (request: AuthorizationRequest) => Answer): Answer {
  const read = readAuthorizationRequest(world, call.query);
  switch (read.kind) {
    case "untrusted":
      return untrustedPage(read.reason);
    case "refused":
      return seeOther(read.location);
    case "good":
      return then(read.request);
  }
}

function consentForm(world: World, call: Call, request: AuthorizationRequest): Markup {
  const scopes = request.scope.split(" ");
  return markup`<section class="card single" aria-labelledby="ask">
<h1 class="headline" id="ask">Connect ${world.store.state.organization.name} to ${CLIENT_ID}?</h1>
<p class="lead">This app wants to:</p>
<ul class="wishes">
${scopes.map(
  (scope) => markup`<li>${scopeInWords(scope)}</li>
`,
)}</ul>
<form method="post" action="${consentPath(call)}">
<div class="decision">
<button type="submit" name="decision" value="allow">Allow</button>
<button class="secondary" type="submit" name="decision" value="refuse">Refuse</button>
</div>
<p class="soft">Either choice takes you back to ${new URL(request.redirect_uri).host}.</p>
</form>
</section>`;
}

function consentPath(call: Call): string {
  return `${call.path}?${call.query.toString()}`;
}

function untrustedPage(reason: string): Answer {
  return pageAnswer(
    400,
    "This app cannot be connected",
    messageView({
      title: "This app cannot be connected",
      text: `The app that sent you here is not known, so this page cannot send you back. ${reason}`,
      mood: "bad",
    }),
  );
}
