import { operationsOf } from "../../../src/openapi/operations.ts";
import { ROUTES } from "../../../src/routes/index.ts";

/** The documented operation of every route, by method and path: `GET /v1/checkouts/:id`. */
export const OPERATIONS = operationsOf(ROUTES);
