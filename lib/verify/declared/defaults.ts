/**
 * What the provider writes into a new resource where nothing is declared: the defaults of its schema,
 * which Terraform doesn't tell (`terraform providers schema`). Recorded from a first deploy's plan
 * (__tests__/fixtures/plans); a value that isn't here was put there by somebody.
 */
export const DEFAULTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  aws_cloudwatch_metric_alarm: { actions_enabled: true },
  aws_ecs_service: { scheduling_strategy: "REPLICA" },
  aws_iam_instance_profile: { path: "/" },
  aws_iam_role: { max_session_duration: 3600, path: "/" },
  aws_instance: { source_dest_check: true },
  aws_lb: {
    client_keep_alive: 3600,
    desync_mitigation_mode: "defensive",
    enable_cross_zone_load_balancing: true,
    enable_http2: true,
    idle_timeout: 60,
    xff_header_processing_mode: "append",
  },
  aws_lb_target_group: { "health_check.port": "traffic-port", "health_check.protocol": "HTTP" },
  aws_network_interface: { source_dest_check: true },
  aws_s3_bucket_lifecycle_configuration: {
    transition_default_minimum_object_size: "all_storage_classes_128K",
  },
  aws_vpc: { instance_tenancy: "default" },
};

/** @param path with dots for the parts, and no indices */
export function defaultOf(type: string, path: string): unknown {
  return DEFAULTS[type]?.[path];
}
