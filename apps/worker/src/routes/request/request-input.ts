import * as z from "zod";
import { checked, checkedJson } from "./checked-json.ts";
import { recordOfQuery } from "./query-parameters.ts";

const nothing = z.strictObject({});

/**
 * What a caller sent beside headers and path. A route reads what it takes; what no route has read is refused by its name,
 * so that nobody believes to have said something that was left out.
 */
export class RequestInput {
  readonly #request: Request;
  readonly #query: URLSearchParams;
  #isQueryRead = false;

  constructor(request: Request, query: URLSearchParams) {
    this.#request = request;
    this.#query = query;
  }

  /** @throws ApiError `invalid_request` that names the first word that is wrong or not known. */
  query<Schema extends z.ZodObject>(schema: Schema): z.output<Schema> {
    this.#isQueryRead = true;
    return checked(schema, recordOfQuery(this.#query, schema), "query parameter");
  }

  /** @throws ApiError `body_too_large`, `invalid_json`, `invalid_request`. */
  body<Schema extends z.ZodType>(schema: Schema, maxBytes?: number): Promise<z.output<Schema>> {
    return checkedJson(schema, this.#request, { maxBytes });
  }

  /** For a route whose body may be left out. @throws ApiError as above. */
  optionalBody<Schema extends z.ZodType>(schema: Schema): Promise<z.output<Schema>> {
    return checkedJson(schema, this.#request, { mayBeEmpty: true });
  }

  /**
   * Once all was read that the route takes. A body without a field says nothing, so it may be there.
   *
   * @throws ApiError as above for what was not read.
   */
  async requireNothingElse(): Promise<void> {
    if (!this.#isQueryRead) this.query(nothing);
    if (!this.#request.bodyUsed) await this.optionalBody(nothing);
  }
}
