import { keysQuerySchema, secretKeyCreatedSchema, secretKeyPageSchema } from "@qonto-pay/core/api.schema";
import { SECRET_KEY } from "../openapi/examples.ts";
import { keyId } from "../openapi/parameters.ts";
import { type Route, serverRoute } from "./route.ts";

const KEYS = WITH_DOCS && { data: [SECRET_KEY], has_more: false };

export const keys: readonly Route[] = [
  serverRoute({
    method: "GET",
    path: "/v1/keys",
    query: keysQuerySchema,
    operation: "listKeys",
    docs: WITH_DOCS && {
      id: "listKeys",
      tag: "Keys",
      summary: "List secret keys",
      description: "Lists the valid keys. The keys themselves are not stored, so they are not returned.",
      answer: { description: "The keys.", schema: secretKeyPageSchema, example: KEYS },
    },
  }),
  serverRoute({
    method: "POST",
    path: "/v1/keys",
    operation: "createKey",
    status: 201,
    docs: WITH_DOCS && {
      id: "createKey",
      tag: "Keys",
      summary: "Create a secret key",
      description:
        "Creates a second key, to replace the first: create it, deploy it, then revoke the old key with the new one.",
      answer: {
        description: "The key, which is returned only once.",
        schema: secretKeyCreatedSchema,
        example: { ...SECRET_KEY, secret_key: "sk_sandbox_demo_example-of-a-key-that-ends-with-x9Zk" },
      },
      errors: ["key_limit"],
    },
  }),
  serverRoute({
    method: "DELETE",
    path: "/v1/keys/:id",
    operation: "revokeKey",
    docs: WITH_DOCS && {
      id: "revokeKey",
      tag: "Keys",
      summary: "Revoke a secret key",
      description: "Takes effect at once. Authenticate with another key: a key can't revoke itself.",
      path: keyId,
      answer: { description: "The remaining keys.", schema: secretKeyPageSchema, example: KEYS },
      errors: ["key_in_use", "key_not_found"],
    },
  }),
];
