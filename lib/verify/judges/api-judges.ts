import { ROUTER_PORT } from "../../config/naming";
import { isObject, listOf } from "../../terraform/values";
import { listenerPort } from "./api";
import { isLogBucket } from "./bucket-judges";
import { ONE_FOR_LIFE, prefixed, tags } from "./common";
import { asTold, needs, where } from "./judge";
import type { Judge } from "./judge";
import {
  block,
  declared,
  each,
  fromConfig,
  is,
  law,
  referent,
  refersTo,
  refersToNamed,
} from "./law";
import type { LawContext } from "./law";

const CLIENTS = "the API's clients are answered at another port or by another certificate";

/** The way of the API's clients to the routers. */
export const API_JUDGES = {
  aws_lb: {
    noun: "the load balancer",
    ...ONE_FOR_LIFE,
    attributes: {
      ...tags,
      name: needs(fromConfig("be routed-<environment>", (context) => prefixed(context, "")[0])),
      internal: needs(is(true)),
      ip_address_type: needs(is("dualstack")),
      load_balancer_type: needs(is("application")),
      drop_invalid_header_fields: needs(is(true)),
      enable_deletion_protection: needs(
        fromConfig(
          "be fleet.protectAddresses",
          ({ environment }) => environment.fleet.protectAddresses,
        ),
        asTold("fleet.protectAddresses asks for it", "whether it may be deleted changes"),
      ),
      security_groups: needs(
        each(
          refersToNamed(
            "aws_security_group",
            "id",
            (context) => prefixed(context, "-load-balancer"),
            "the load balancer's group",
          ),
        ),
      ),
      subnets: needs(
        law("be all subnets of the stack", areAllSubnets),
        asTold("a zone comes and goes with its subnet", "the zones that it is in change"),
      ),
      // With its subnets; Terraform plans both.
      subnet_mapping: { inPlace: asTold("it tells the same as subnets") },
      access_logs: needs(
        block({ bucket: law("be the bucket for access logs", isLogBucket), enabled: is(true) }, [
          "bucket",
        ]),
      ),
    },
  },
  aws_lb_listener: {
    noun: "the load balancer's listener",
    ...ONE_FOR_LIFE,
    attributes: {
      ...tags,
      load_balancer_arn: needs(refersTo("aws_lb", "arn")),
      port: needs(
        fromConfig("be 443 with network.apiCertificateArn, 80 without", ({ environment }) =>
          listenerPort(environment),
        ),
        asTold("network.apiCertificateArn decides it", CLIENTS),
      ),
      protocol: needs(
        fromConfig("be HTTPS with network.apiCertificateArn, HTTP without", ({ environment }) =>
          listenerPort(environment) === 443 ? "HTTPS" : "HTTP",
        ),
        asTold("network.apiCertificateArn decides it", CLIENTS),
      ),
      certificate_arn: where(
        fromConfig(
          "be network.apiCertificateArn",
          ({ environment }) => environment.network.apiCertificateArn,
        ),
        asTold("network.apiCertificateArn decides it", CLIENTS),
      ),
      ssl_policy: where(
        law("be one of TLS 1.2 and 1.3 with a certificate, none without", (value, context) =>
          listenerPort(context.environment) === 443
            ? /^ELBSecurityPolicy-TLS13-1-[23]-/.test(String(value))
            : value === undefined,
        ),
        asTold("network.apiCertificateArn brings it", CLIENTS),
      ),
      default_action: needs(
        law("forward to the routers", (value, context) => {
          const [item, ...more] = listOf(value);
          return (
            more.length === 0 &&
            isObject(item) &&
            Object.keys(item).every((key) => key === "type" || key === "target_group_arn") &&
            item["type"] === "forward" &&
            referent(item["target_group_arn"], "aws_lb_target_group", "arn", context) !== undefined
          );
        }),
      ),
    },
  },
  aws_lb_target_group: {
    noun: "the routers' target group",
    ...ONE_FOR_LIFE,
    attributes: {
      ...tags,
      name: needs(
        fromConfig("be routed-<environment>-api", (context) => prefixed(context, "-api")[0]),
      ),
      port: needs(is(ROUTER_PORT)),
      protocol: needs(is("HTTP")),
      target_type: needs(is("instance")),
      vpc_id: needs(refersTo("aws_vpc")),
      deregistration_delay: needs(is(30)),
      health_check: needs(
        block(
          {
            enabled: is(true),
            path: is("/routed-router"),
            matcher: is("200"),
            interval: is(10),
            timeout: is(5),
            healthy_threshold: is(2),
            unhealthy_threshold: is(2),
          },
          [
            "enabled",
            "path",
            "matcher",
            "interval",
            "timeout",
            "healthy_threshold",
            "unhealthy_threshold",
          ],
        ),
      ),
    },
  },
} as const satisfies Readonly<Record<string, Judge>>;

function areAllSubnets(value: unknown, context: LawContext): boolean {
  const all = declared(context, "aws_subnet").map(({ address }) => `\${${address}.id}`);
  const items = listOf(value);
  return items.length === all.length && all.every((subnet) => items.includes(subnet));
}
