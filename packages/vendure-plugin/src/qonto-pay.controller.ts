import type { ServerResponse } from "node:http";
import { Controller, Inject, Post, Req, Res } from "@nestjs/common";
import { type MerchantEvent, verifyWebhook, WebhookVerificationError } from "@qonto-pay/client";
import { Logger } from "@vendure/core";
import { LOG_CONTEXT, QONTO_PAY_OPTIONS, WEBHOOK_ROUTE } from "./constants.ts";
import type { RawRequest } from "./raw-body.middleware.ts";
import { EventService } from "./services/event.service.ts";
import type { QontoPayPluginOptions } from "./types.ts";

/** Receives the Worker's webhooks. */
@Controller(WEBHOOK_ROUTE)
export class QontoPayController {
  readonly #options: QontoPayPluginOptions;
  readonly #events: EventService;

  constructor(@Inject(QONTO_PAY_OPTIONS) options: QontoPayPluginOptions, @Inject(EventService) events: EventService) {
    this.#options = options;
    this.#events = events;
  }

  /**
   * Answers `204` if the event is handled, `401` if the signature is invalid, `500` if this shop's secret is malformed,
   * and `503` if the event can't be handled now. The Worker retries after each status but `204`.
   */
  @Post()
  async receive(@Req() request: RawRequest, @Res() response: ServerResponse): Promise<void> {
    response.writeHead(await this.#statusFor(request)).end();
  }

  async #statusFor({ rawBody, headers }: RawRequest): Promise<number> {
    let event: MerchantEvent;
    try {
      event = await verifyWebhook(rawBody ?? "", headers, this.#options.webhookSecret);
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      if (error.code === "malformed_secret") {
        Logger.error(
          "Webhooks can't be verified: `webhookSecret` of QontoPayPlugin.init must be `whsec_` followed by base64, or a list of secrets. Correct it and restart the server. The Worker sends the webhooks again.",
          LOG_CONTEXT,
        );
        return 500;
      }
      Logger.warn(`A webhook was rejected: ${error.code}`, LOG_CONTEXT);
      return 401;
    }
    try {
      await this.#events.handle(event);
      return 204;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      Logger.error(`Event ${event.id} can't be handled now: ${problem}`, LOG_CONTEXT);
      return 503;
    }
  }
}
