import { keysQuerySchema, replaySchema, secretKeyCreatedSchema, secretKeyPageSchema } from "@qonto-pay/core/api.schema";
import { jsonResponse } from "../../src/http/json-response.ts";
import { jsonRoute, route, serverRoute } from "../../src/routes/route.ts";

/** Required parts of a route's definition. It does not compile without them: `tsc -b` is the test. */

const words = { id: "anything", tag: "Keys", summary: "Any.", description: "Any." } as const;
const answer = { description: "Keys.", schema: secretKeyPageSchema, example: {} };
const id = { id: { description: "An id.", example: "key_1" } };

serverRoute({
  method: "GET",
  path: "/v1/keys",
  query: keysQuerySchema,
  operation: "listKeys",
  docs: { ...words, answer },
});

// @ts-expect-error: it has no documentation.
serverRoute({ method: "GET", path: "/v1/keys", query: keysQuerySchema, operation: "listKeys" });

serverRoute({
  method: "GET",
  path: "/v1/keys",
  query: keysQuerySchema,
  operation: "listKeys",
  // @ts-expect-error: the operation returns something else.
  docs: { ...words, answer: { description: "A key.", schema: secretKeyCreatedSchema } },
});

serverRoute({
  method: "DELETE",
  path: "/v1/keys/:id",
  operation: "revokeKey",
  // @ts-expect-error: the id in the path is not described.
  docs: { ...words, answer },
});

// @ts-expect-error: the operation needs an id, and the definition has none.
serverRoute({ method: "DELETE", path: "/v1/keys", operation: "revokeKey", docs: { ...words, answer } });

serverRoute({
  method: "DELETE",
  path: "/v1/keys/:name",
  operation: "revokeKey",
  // @ts-expect-error: the path has no such name.
  input: ({ params }) => ({ id: params.id }),
  docs: { ...words, path: { name: id.id }, answer },
});

serverRoute({
  method: "POST",
  path: "/v1/webhook_endpoints/:id/replay",
  body: replaySchema,
  operation: "replaySince",
  // @ts-expect-error: the body has no examples.
  docs: { ...words, path: id, answer: { description: "Any." } },
});

// @ts-expect-error: it has no response.
route({ method: "GET", path: "/health", caller: "anyone", handle: () => jsonResponse({}), docs: words });

jsonRoute({
  method: "GET",
  path: "/v1/keys/:id",
  caller: "anyone",
  // @ts-expect-error: it takes no body.
  handle: async ({ body }) => jsonResponse(body.name),
  docs: { ...words, path: id, answers: [{ status: 200, description: "Any." }] },
});
