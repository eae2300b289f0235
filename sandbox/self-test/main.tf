# A small fleet by hand: everything that the product's stacks use, so that a gap of the local AWS
# shows here first. Two nodes, one DAEMON and one REPLICA service, an ALB.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

variable "region" {
  type    = string
  default = "us-east-2"
}

variable "ami_ids" {
  type        = list(string)
  description = "AMI of each node, by slot"
}

variable "instance_type" {
  type    = string
  default = "r6i.4xlarge"
}

variable "task_image" {
  type    = string
  default = "registry.example/routed:1"
}

# The ALB takes 60 s, by the provider's own waiting.
variable "with_load_balancer" {
  type    = bool
  default = true
}

provider "aws" {
  region              = var.region
  s3_use_path_style   = true
  allowed_account_ids = ["123456789012"]
  default_tags { tags = { "routed:environment" = "self-test" } }
}

locals {
  zones = ["${var.region}a", "${var.region}b"]
}

resource "aws_vpc" "main" {
  cidr_block                       = "10.64.0.0/16"
  assign_generated_ipv6_cidr_block = true
  enable_dns_hostnames             = true
  enable_dns_support               = true
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  count                           = 2
  vpc_id                          = aws_vpc.main.id
  availability_zone               = local.zones[count.index]
  cidr_block                      = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, count.index)
  assign_ipv6_address_on_creation = true
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route" "ipv4" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
}

resource "aws_route" "ipv6" {
  route_table_id              = aws_route_table.public.id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.main.id
}

resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "node" {
  name_prefix = "node-"
  description = "nodes"
  vpc_id      = aws_vpc.main.id
}

resource "aws_security_group" "alb" {
  name_prefix = "alb-"
  description = "load balancer"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "bgp" {
  security_group_id = aws_security_group.node.id
  description       = "BGP"
  cidr_ipv6         = "2001:db8:1::/48"
  ip_protocol       = "tcp"
  from_port         = 20001
  to_port           = 20001
}

resource "aws_vpc_security_group_ingress_rule" "api" {
  security_group_id            = aws_security_group.node.id
  referenced_security_group_id = aws_security_group.alb.id
  ip_protocol                  = "tcp"
  from_port                    = 30001
  to_port                      = 30001
}

resource "aws_vpc_security_group_egress_rule" "all" {
  for_each          = { node = aws_security_group.node.id, alb = aws_security_group.alb.id }
  security_group_id = each.value
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_iam_role" "node" {
  name = "self-test-node"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "node" {
  name   = "logs"
  role   = aws_iam_role.node.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "logs:PutLogEvents", Resource = "*" }] })
}

resource "aws_iam_role_policy_attachment" "node" {
  role       = aws_iam_role.node.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "node" {
  name = "self-test-node"
  role = aws_iam_role.node.name
}

resource "aws_cloudwatch_log_group" "main" {
  name              = "/self-test/routed"
  retention_in_days = 30
}

resource "aws_ecs_cluster" "main" {
  name = "self-test"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_task_definition" "routed" {
  family                   = "self-test-routed"
  network_mode             = "host"
  requires_compatibilities = ["EC2"]
  cpu                      = "4096"
  memory                   = "20480"
  skip_destroy             = true
  task_role_arn            = aws_iam_role.node.arn
  volume {
    name      = "state"
    host_path = "/var/lib/routed"
  }
  placement_constraints {
    type       = "memberOf"
    expression = "attribute:routed.slot exists"
  }
  container_definitions = jsonencode([{
    name                   = "bird"
    image                  = var.task_image
    essential              = true
    cpu                    = 4096
    memory                 = 20480
    readonlyRootFilesystem = true
    stopTimeout            = 120
    portMappings           = [{ containerPort = 30001, hostPort = 30001, protocol = "tcp" }]
    mountPoints            = [{ sourceVolume = "state", containerPath = "/state", readOnly = false }]
    linuxParameters        = { capabilities = { add = ["NET_ADMIN"], drop = ["ALL"] } }
    healthCheck            = { command = ["CMD", "/healthy"], interval = 30, timeout = 5, retries = 10, startPeriod = 300 }
    ulimits                = [{ name = "nofile", softLimit = 65536, hardLimit = 65536 }]
    environment            = [{ name = "POP", value = "pop1" }]
    logConfiguration = {
      logDriver = "awslogs"
      options   = { awslogs-group = aws_cloudwatch_log_group.main.name, awslogs-region = var.region, awslogs-stream-prefix = "pop1", max-buffer-size = "4m", mode = "non-blocking" }
    }
  }])
}

resource "aws_ecs_service" "daemon" {
  name                               = "daemon"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.routed.arn
  scheduling_strategy                = "DAEMON"
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"
  availability_zone_rebalancing      = "DISABLED"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  placement_constraints {
    type       = "memberOf"
    expression = "attribute:routed.slot exists"
  }
}

resource "aws_ecs_service" "replica" {
  name                               = "replica"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.routed.arn
  desired_count                      = 2
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"
  availability_zone_rebalancing      = "DISABLED"
  health_check_grace_period_seconds  = var.with_load_balancer ? 900 : null
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  placement_constraints {
    type = "distinctInstance"
  }
  ordered_placement_strategy {
    type  = "spread"
    field = "attribute:ecs.availability-zone"
  }
  dynamic "load_balancer" {
    for_each = var.with_load_balancer ? [1] : []
    content {
      target_group_arn = aws_lb_target_group.api[0].arn
      container_name   = "bird"
      container_port   = 30001
    }
  }
  depends_on = [aws_lb_listener_rule.api]
}

resource "aws_s3_bucket" "main" {
  for_each      = toset(["state", "logs"])
  bucket        = "self-test-${each.key}"
  force_destroy = true
}

resource "aws_s3_bucket_versioning" "main" {
  for_each = aws_s3_bucket.main
  bucket   = each.value.id
  versioning_configuration { status = "Enabled" }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "main" {
  for_each = aws_s3_bucket.main
  bucket   = each.value.id
  rule {
    apply_server_side_encryption_by_default { sse_algorithm = "AES256" }
  }
}

resource "aws_s3_bucket_public_access_block" "main" {
  for_each                = aws_s3_bucket.main
  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "main" {
  for_each = aws_s3_bucket.main
  bucket   = each.value.id
  rule { object_ownership = "BucketOwnerEnforced" }
}

resource "aws_s3_bucket_lifecycle_configuration" "main" {
  for_each = aws_s3_bucket.main
  bucket   = each.value.id
  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration { noncurrent_days = 30 }
    abort_incomplete_multipart_upload { days_after_initiation = 7 }
  }
}

resource "aws_s3_bucket_policy" "main" {
  for_each = aws_s3_bucket.main
  bucket   = each.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly", Effect = "Deny", Principal = "*", Action = "s3:*"
      Resource  = [each.value.arn, "${each.value.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_lb" "main" {
  count              = var.with_load_balancer ? 1 : 0
  name               = "self-test"
  load_balancer_type = "application"
  ip_address_type    = "dualstack"
  security_groups    = [aws_security_group.alb.id]
  subnets            = aws_subnet.public[*].id
  access_logs {
    bucket  = aws_s3_bucket.main["logs"].id
    prefix  = "alb"
    enabled = true
  }
  drop_invalid_header_fields = true
}

resource "aws_lb_target_group" "api" {
  count                = var.with_load_balancer ? 1 : 0
  name                 = "self-test-pop1"
  port                 = 30001
  protocol             = "HTTP"
  vpc_id               = aws_vpc.main.id
  target_type          = "instance"
  deregistration_delay = 30
  health_check {
    path                = "/healthz"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
    matcher             = "200"
  }
}

resource "aws_lb_listener" "http" {
  count             = var.with_load_balancer ? 1 : 0
  load_balancer_arn = aws_lb.main[0].arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      message_body = "no such PoP"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_rule" "api" {
  count        = var.with_load_balancer ? 1 : 0
  listener_arn = aws_lb_listener.http[0].arn
  priority     = 1
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api[0].arn
  }
  condition {
    path_pattern { values = ["/pop1/*"] }
  }
}

resource "aws_network_interface" "node" {
  count           = 2
  subnet_id       = aws_subnet.public[count.index].id
  private_ips     = [cidrhost(aws_subnet.public[count.index].cidr_block, 10)]
  ipv6_addresses  = [cidrhost(aws_subnet.public[count.index].ipv6_cidr_block, 16)]
  security_groups = [aws_security_group.node.id]
  tags            = { "routed:node" = tostring(count.index) }
}

resource "aws_eip" "node" {
  count  = 2
  domain = "vpc"
  tags   = { "routed:node" = tostring(count.index) }
}

resource "aws_eip_association" "node" {
  count                = 2
  allocation_id        = aws_eip.node[count.index].id
  network_interface_id = aws_network_interface.node[count.index].id
}

resource "aws_instance" "node" {
  count                       = 2
  ami                         = var.ami_ids[count.index]
  instance_type               = var.instance_type
  iam_instance_profile        = aws_iam_instance_profile.node.name
  user_data_base64            = base64encode("#!/bin/sh\necho ECS_CLUSTER=${aws_ecs_cluster.main.name} >> /etc/ecs/ecs.config\n")
  user_data_replace_on_change = true
  tags                        = { "routed:node" = tostring(count.index) }
  volume_tags                 = { "routed:node" = tostring(count.index) }
  network_interface {
    network_interface_id  = aws_network_interface.node[count.index].id
    device_index          = 0
    delete_on_termination = false
  }
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    encrypted   = true
    volume_type = "gp3"
    volume_size = 100
    iops        = 4000
    throughput  = 250
  }
  depends_on = [aws_eip_association.node]
}

output "nodes" {
  value = [for slot in range(2) : {
    instance_id = aws_instance.node[slot].id
    zone        = aws_instance.node[slot].availability_zone
    private_ip  = aws_instance.node[slot].private_ip
    eni         = aws_network_interface.node[slot].id
    ipv6        = tolist(aws_network_interface.node[slot].ipv6_addresses)[0]
    eip         = aws_eip.node[slot].public_ip
    public_ip   = aws_instance.node[slot].public_ip
  }]
}
