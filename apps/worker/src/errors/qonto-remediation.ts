/** Remediation if Qonto rejects the deployment's own client. */
export const CLIENT_ADVICE =
  "The operator must compare QONTO_CLIENT_ID and QONTO_CLIENT_SECRET with the application in Qonto's developer portal, where the secret may have been replaced. `wrangler secret put` takes effect at once; another client id needs a deployment. Every merchant of the deployment is affected; no merchant needs to reauthorize.";

/** Remediation if another server answers in the place of Qonto. */
export const FOREIGN_ADVICE =
  "The operator must compare QONTO_STAGING_TOKEN (sandbox only) with Qonto's developer portal, and QONTO_OAUTH_URL and QONTO_API_URL with the addresses in docs/operations/deploy.md, and deploy again. In production, look at Qonto's status page. Every merchant of the deployment is affected; no merchant needs to reauthorize.";

/** Remediation if Qonto answers in an unknown shape. */
export const SHAPE_ADVICE =
  "Qonto's answers have changed. The operator must update the deployment. If it is up to date, report the operation to the maintainers of qonto-pay.";
