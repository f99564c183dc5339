import { LanguageCode, PaymentMethodHandler } from "@vendure/core";
import { HANDLER_CODE } from "./constants.ts";
import { MerchantNoteService } from "./services/merchant-note.service.ts";
import { NO_REFUND_HERE } from "./services/payment-notes.ts";
import { PaidCheckout } from "./services/settlement.service.ts";

let notes: MerchantNoteService;

/** The handler of a payment method. Accepts only payments that the plugin settles. */
export const qontoPayHandler = new PaymentMethodHandler({
  code: HANDLER_CODE,
  description: [{ languageCode: LanguageCode.en, value: "Qonto payment link" }],
  args: {},
  init: (injector) => {
    notes = injector.get(MerchantNoteService);
  },
  createPayment: (_ctx, _order, amount, _args, { paid }) => {
    if (!(paid instanceof PaidCheckout)) {
      const errorMessage = "Nothing was paid yet: send the shopper to the url of createQontoPayCheckout.";
      return { amount, state: "Declined", errorMessage, metadata: {} };
    }
    const transactionId = paid.id;
    if (paid.cents === amount) return { amount, state: "Settled", transactionId, metadata: {} };
    return { amount, state: "Declined", transactionId, errorMessage: "Another amount is due.", metadata: {} };
  },
  settlePayment: () => ({ success: true }),
  cancelPayment: () => ({ success: false, errorMessage: NO_REFUND_HERE, state: "Settled" }),
  createRefund: async (ctx, _input, _amount, order) => {
    await notes.add(ctx, order, NO_REFUND_HERE);
    return { state: "Failed", metadata: { message: NO_REFUND_HERE } };
  },
});
