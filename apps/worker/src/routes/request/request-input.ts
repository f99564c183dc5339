import * as z from "zod";
import { checked, checkedJson } from "./checked-json.ts";
import { recordOfQuery } from "./query-parameters.ts";

const nothing = z.strictObject({});

/**
 * The query and the body of a request. A route reads the parts that it takes. Other parts are rejected by name, so that
 * no caller believes that an ignored field had an effect.
 */
export class RequestInput {
  readonly #request: Request;
  readonly #query: URLSearchParams;
  #isQueryRead = false;

  constructor(request: Request, query: URLSearchParams) {
    this.#request = request;
    this.#query = query;
  }

  /** @throws ApiError `invalid_request` that names the first invalid or unknown parameter. */
  query<Schema extends z.ZodObject>(schema: Schema): z.output<Schema> {
    this.#isQueryRead = true;
    return checked(schema, recordOfQuery(this.#query, schema), "query parameter");
  }

  /** @throws ApiError `body_too_large`, `invalid_json`, `invalid_request`. */
  body<Schema extends z.ZodType>(schema: Schema, maxBytes?: number): Promise<z.output<Schema>> {
    return checkedJson(schema, this.#request, { maxBytes });
  }

  /** For a route whose body is optional. @throws ApiError as above. */
  optionalBody<Schema extends z.ZodType>(schema: Schema): Promise<z.output<Schema>> {
    return checkedJson(schema, this.#request, { mayBeEmpty: true });
  }

  /**
   * Call after the route has read its parts. A body without fields is accepted.
   *
   * @throws ApiError as above for a part that was not read.
   */
  async requireNothingElse(): Promise<void> {
    if (!this.#isQueryRead) this.query(nothing);
    if (!this.#request.bodyUsed) await this.optionalBody(nothing);
  }
}
