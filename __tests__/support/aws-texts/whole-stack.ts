import type { SynthesizedStack } from "../../fixtures/synthesize";

/** Reserved host ports of a container instance, those of SSH, Docker and the agent among them. */
const MAX_RESERVED_PORTS = 100;
const AGENTS_PORTS = [22, 2375, 2376, 51678, 51679, 51680];

interface Container {
  readonly portMappings?: readonly { readonly hostPort?: number; readonly containerPort: number }[];
}

/**
 * What AWS would refuse of a stack's resources together, though it takes each for itself:
 *
 * - an address that two interfaces have, or one that AWS keeps for itself in each subnet
 *   (https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html: the first four and the last)
 * - more than 100 reserved host ports on a node, or one twice
 *   (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html)
 */
export function wholeStackRefusals(stack: SynthesizedStack): string[] {
  return [...addressRefusals(stack), ...portRefusals(stack)];
}

function addressRefusals(stack: SynthesizedStack): string[] {
  const interfaces = Object.entries(stack.resource["aws_network_interface"] ?? {});
  const held = interfaces.flatMap(([name, { private_ips = [], ipv6_addresses = [] }]) =>
    [...(private_ips as string[]), ...(ipv6_addresses as string[])].map((address) => ({
      name,
      address,
    })),
  );
  const twice = held.filter(
    ({ address }, index) => held.findIndex((other) => other.address === address) < index,
  );
  const reserved = interfaces.flatMap(([name, { private_ips = [], subnet_id }]) => {
    const [, subnet = ""] = /^\$\{aws_subnet\.([^.]+)\.id\}$/.exec(String(subnet_id)) ?? [];
    const block = stack.resource["aws_subnet"]?.[subnet]?.["cidr_block"] as string | undefined;
    return (private_ips as string[]).flatMap((address) =>
      block === undefined || isUsable(block, address) ? [] : [{ name, address }],
    );
  });
  return [
    ...twice.map(({ name, address }) => `${name}: another interface has ${address}`),
    ...reserved.map(({ name, address }) => `${name}: the subnet doesn't offer ${address}`),
  ];
}

function isUsable(block: string, address: string): boolean {
  const [base = "", length] = block.split("/");
  const offset = numberOf(address) - numberOf(base);
  return offset >= 4 && offset < 2 ** (32 - Number(length)) - 1;
}

function numberOf(ipv4: string): number {
  return ipv4.split(".").reduce((number, part) => number * 256 + Number(part), 0);
}

/** Every task definition of a stack can have a task on one node, and each has one there. */
function portRefusals(stack: SynthesizedStack): string[] {
  const ports = Object.values(stack.resource["aws_ecs_task_definition"] ?? {}).flatMap(
    ({ container_definitions: containers }) =>
      (JSON.parse(String(containers)) as Container[]).flatMap(({ portMappings = [] }) =>
        portMappings.map(({ hostPort, containerPort }) => hostPort ?? containerPort),
      ),
  );
  const all = [...AGENTS_PORTS, ...ports];
  const twice = all.filter((port, index) => all.indexOf(port) < index);
  return [
    ...(all.length > MAX_RESERVED_PORTS
      ? [`a node has at most ${MAX_RESERVED_PORTS} reserved ports, got ${all.length}`]
      : []),
    ...twice.map((port) => `port ${port} is reserved twice on a node`),
  ];
}
