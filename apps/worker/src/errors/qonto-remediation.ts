/** Remediation where Qonto rejects the deployment's own client. */
export const CLIENT_ADVICE =
  "The operator compares QONTO_CLIENT_ID and QONTO_CLIENT_SECRET of the deployment with the application in Qonto's developer portal, whose secret may have been replaced there, and deploys again. Every merchant of the deployment is affected; none needs to reauthorize.";

/** Remediation where something else than Qonto answers. */
export const FOREIGN_ADVICE =
  "The operator compares QONTO_STAGING_TOKEN of a sandbox deployment with Qonto's developer portal, and QONTO_OAUTH_URL and QONTO_API_URL with the addresses in docs/operations/deploy.md, and deploys again. In production, look at Qonto's status page. Every merchant of the deployment is affected; none needs to reauthorize.";

/** Remediation where Qonto answers in a shape that this version does not know. */
export const SHAPE_ADVICE =
  "Qonto's answers have changed. The operator updates the deployment. If it is up to date, report the operation to the maintainers of qonto-pay.";
