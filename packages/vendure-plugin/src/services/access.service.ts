import { Inject, Injectable } from "@nestjs/common";
import type { MerchantEvent } from "@qonto-pay/client";
import { EventBus, Logger, type RequestContext, RequestContextService, TransactionalConnection } from "@vendure/core";
import { ACCESS_TOPICS, LOG_CONTEXT } from "../constants.ts";
import { ReportedEvent } from "../entities/reported-event.entity.ts";
import { QontoPayAccessEvent } from "../qonto-pay-access-event.ts";
import type { AccessTopic } from "../types.ts";
import { PluginSettingsService } from "./plugin-settings.service.ts";

/** A reason why shoppers can't pay, or soon can't. */
export interface AccessProblem {
  readonly topic: AccessTopic;
  readonly message: string;
  /** When the Worker recorded it. */
  readonly since: Date;
}

/** The notice of an event about whether shoppers can pay at all. Concerns no single order. */
interface AccessNotice {
  readonly topic: AccessTopic;
  /** True: shoppers can't pay, or soon can't. False: the topic is resolved. */
  readonly isProblem: boolean;
  /** What happened and what the merchant must do. */
  readonly message: string;
}

interface StoredNotice {
  readonly isProblem: boolean;
  readonly message: string;
  /** ISO 8601, of the Worker's event. */
  readonly at: string;
}

/** Shows the merchant whether shoppers can pay at all: in the log, on the event bus, and in the Admin API. */
@Injectable()
export class AccessService {
  readonly #contexts: RequestContextService;
  readonly #connection: TransactionalConnection;
  readonly #settings: PluginSettingsService;
  readonly #eventBus: EventBus;

  constructor(
    @Inject(RequestContextService) contexts: RequestContextService,
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(PluginSettingsService) settings: PluginSettingsService,
    @Inject(EventBus) eventBus: EventBus,
  ) {
    this.#contexts = contexts;
    this.#connection = connection;
    this.#settings = settings;
    this.#eventBus = eventBus;
  }

  /** Publishes the notice of an event, if it has one. Idempotent. */
  async publish(event: MerchantEvent): Promise<void> {
    const notice = accessNoticeOf(event);
    if (notice === null) return;
    const ctx = await this.#contexts.create({ apiType: "admin" });
    await this.#connection.withTransaction(ctx, async (within) => {
      const reported = this.#connection.getRepository(within, ReportedEvent);
      if (await reported.existsBy({ eventId: event.id })) return;
      await reported.insert({ eventId: event.id });
      await this.#publishNew(within, event, notice);
    });
  }

  /** Returns the current problems, by topic; empty if none is known. */
  async problems(ctx: RequestContext): Promise<readonly AccessProblem[]> {
    const found = await Promise.all(
      ACCESS_TOPICS.map(async (topic) => ({ topic, ...(await this.#settings.get<StoredNotice>(ctx, topic)) })),
    );
    return found.flatMap(({ topic, isProblem, message = "", at = "" }) =>
      isProblem === true ? [{ topic, message, since: new Date(at) }] : [],
    );
  }

  /** @param ctx in a transaction. Subscribers of the event bus receive the event after it. */
  async #publishNew(ctx: RequestContext, event: MerchantEvent, notice: AccessNotice): Promise<void> {
    const { topic, isProblem, message } = notice;
    const { id: eventId, type, created_at: at } = event;
    const last = await this.#settings.get<StoredNotice>(ctx, topic);
    // Ignores a late webhook if a newer event was handled before.
    if (last !== undefined && Date.parse(last.at) > Date.parse(at)) return;
    await this.#settings.set(ctx, topic, { isProblem, message, at });
    if (isProblem) Logger.error(message, LOG_CONTEXT);
    else if (last?.isProblem === true) Logger.warn(`${message} Shoppers can pay again.`, LOG_CONTEXT);
    else Logger.info(message, LOG_CONTEXT);
    await this.#eventBus.publish(new QontoPayAccessEvent(ctx, { eventId, type, topic, isProblem, message }));
  }
}

function reauthorizationReason(reason: string | undefined): string {
  switch (reason) {
    case "expiring":
      return "the authorization could not be renewed, and shoppers soon can't pay";
    case "rejected":
      return "Qonto rejects the authorization, and shoppers can't pay";
    default:
      return "the authorization was revoked, and shoppers can't pay";
  }
}

/** Returns null for an event about a checkout, and for an unknown event type. */
function accessNoticeOf({ type, data }: MerchantEvent): AccessNotice | null {
  switch (type) {
    case "authorization.action_required":
      return problem(
        "consent",
        `The merchant must reauthorize Qonto: ${reauthorizationReason(data.consent?.reason)}. Request a new connect link from the operator of the Worker.`,
      );
    case "authorization.granted":
      return resolved("consent", "The merchant has authorized Qonto.");
    case "authorization.suspended":
      return problem(
        "authorization",
        `Payments stop within the hour: Qonto does not accept the Worker (${data.authorization?.reason ?? "unknown"}). Its operator must fix it; the merchant has nothing to do.`,
      );
    case "authorization.resumed":
      return resolved("authorization", "Qonto accepts the Worker again.");
    case "connection.changed": {
      const status = data.connection?.status ?? "unknown";
      return status === "enabled"
        ? resolved("connection", "The connection to the payment provider is enabled.")
        : problem(
            "connection",
            `The connection to the payment provider is ${status}: shoppers can't pay. The Worker's GET /v1/diagnostics shows what to do.`,
          );
    }
    default:
      return null;
  }
}

function problem(topic: AccessTopic, message: string): AccessNotice {
  return { topic, isProblem: true, message };
}

function resolved(topic: AccessTopic, message: string): AccessNotice {
  return { topic, isProblem: false, message };
}
