import { Inject } from "@nestjs/common";
import { Query, Resolver } from "@nestjs/graphql";
import { Allow, Ctx, Permission, RequestContext } from "@vendure/core";
import { parse } from "graphql";
import { AccessService, type AccessProblem } from "../services/access.service.ts";

/** What the Admin API shows beyond Vendure's own. */
export const adminApiSchema = parse(`
  "Why shoppers can't pay by Qonto, or soon can't, and what the merchant must do."
  type QontoPayProblem {
    "connection, consent or authorization"
    topic: String!
    message: String!
    since: DateTime!
  }

  extend type Query {
    "Empty if nothing is known to keep shoppers from paying by Qonto."
    qontoPayProblems: [QontoPayProblem!]!
  }
`);

/** Answers `adminApiSchema`. */
@Resolver()
export class QontoPayAdminResolver {
  readonly #notices: AccessService;

  constructor(@Inject(AccessService) notices: AccessService) {
    this.#notices = notices;
  }

  @Query()
  @Allow(Permission.ReadPaymentMethod, Permission.ReadSettings)
  qontoPayProblems(@Ctx() ctx: RequestContext): Promise<readonly AccessProblem[]> {
    return this.#notices.problems(ctx);
  }
}
