import { Inject } from "@nestjs/common";
import { Query, Resolver } from "@nestjs/graphql";
import { Allow, Ctx, Permission, RequestContext } from "@vendure/core";
import { AccessService, type AccessProblem } from "../services/access.service.ts";

/** Resolves `adminApiSchema` of `api-extensions.ts`. */
@Resolver()
export class QontoPayAdminResolver {
  readonly #access: AccessService;

  constructor(@Inject(AccessService) access: AccessService) {
    this.#access = access;
  }

  @Query()
  @Allow(Permission.ReadPaymentMethod, Permission.ReadSettings)
  qontoPayProblems(@Ctx() ctx: RequestContext): Promise<readonly AccessProblem[]> {
    return this.#access.problems(ctx);
  }
}
