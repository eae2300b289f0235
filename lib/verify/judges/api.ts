import type { Environment } from "../../config/environment";

/** The port that the API's load balancer listens on. */
export function listenerPort({ network }: Pick<Environment, "network">): number {
  return network.apiCertificateArn === undefined ? 80 : 443;
}
