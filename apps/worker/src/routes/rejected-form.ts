import { Failure, placeOf } from "../errors/api-error.ts";
import { askedFor } from "./requested-sale.ts";

/** A form that was refused, with what it asked for: the way on must not lead to another purchase. */
export class RefusedForm extends Failure {
  readonly asked: URLSearchParams;

  constructor(reason: unknown, form: URLSearchParams) {
    const { code, detail } =
      reason instanceof Failure ? reason : new Failure("internal_error", { reason: placeOf(reason) });
    super(code, detail);
    this.asked = askedFor(form);
  }
}
