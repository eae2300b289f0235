/** The versions of Flux' API that a HelmRelease can be written for; the fields used are in all. */
export const HELM_API_VERSIONS = ["v2", "v2beta2", "v2beta1"] as const;

export type HelmApiVersion = (typeof HELM_API_VERSIONS)[number];
