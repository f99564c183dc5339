import { Failure, placeOf } from "../failure/failure.ts";
import { askedFor } from "./asked-for.ts";

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
