/**
 * What stands in the policies of `iam/` for an environment's own: `lib/stack/environment-policies.ts`
 * puts it in, and so may `sed`. No other text of a policy has these words in it.
 */
export const ENVIRONMENT = "ENVIRONMENT";
export const ACCOUNT = "ACCOUNT";
export const REGION = "REGION";
/** Of a state in S3: its bucket, and its key in it. */
export const STATE_BUCKET = "STATE_BUCKET";
export const STATE_KEY = "STATE_KEY";
