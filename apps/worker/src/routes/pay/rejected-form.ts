import { ApiError, placeOf } from "../../errors/api-error.ts";
import { requestedSale } from "./requested-sale.ts";

/** The error of a rejected form, with the purchase in it: the error page must not lead to another purchase. */
export class RefusedForm extends ApiError {
  readonly asked: URLSearchParams;
  /** All fields, as they were sent. */
  readonly form: URLSearchParams;

  constructor(reason: unknown, form: URLSearchParams) {
    const { code, detail } =
      reason instanceof ApiError ? reason : new ApiError("internal_error", { reason: placeOf(reason) });
    super(code, detail);
    this.asked = requestedSale(form);
    this.form = form;
  }
}
