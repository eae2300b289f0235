import { cidrBlock } from "./cidr";
import type { Environment } from "./environment";
import type { Cell, EnvironmentFile } from "./environment-file.generated";

/**
 * A valid file as an environment: lists whose order has no meaning are sorted, and blocks are
 * spelled as AWS spells them, so that files that mean the same give the same environment.
 */
export function canonicalEnvironment(name: string, file: EnvironmentFile): Environment {
  const { aws, backend, network, fleet, routed, autopilotSites, ...others } = file;
  return {
    name,
    aws: { ...aws, availabilityZones: [...aws.availabilityZones].sort() },
    backend,
    network: {
      ...network,
      apiClientCidrs: canonicalBlocks(network.apiClientCidrs),
      prometheusCidrs: canonicalBlocks(network.prometheusCidrs),
    },
    fleet: {
      ...fleet,
      frozenNodes: [...fleet.frozenNodes].sort((a, b) => a - b),
      ...(fleet.cells === undefined ? {} : { cells: canonicalCells(fleet.cells) }),
    },
    routed: {
      ...routed,
      ...(routed.canaries === undefined ? {} : { canaries: [...routed.canaries].sort() }),
    },
    export: others.export,
    alarms: others.alarms,
    autopilotSites: autopilotSites
      .map(({ id, name: pop, bgpPeers, cell }) => ({
        id,
        name: pop,
        bgpPeers: canonicalBlocks(bgpPeers),
        ...(cell === undefined ? {} : { cell }),
      }))
      .sort((a, b) => a.id - b.id),
  };
}

function canonicalCells(cells: readonly Cell[]): Cell[] {
  return cells
    .map(({ name, nodes }) => ({ name, nodes: [...nodes].sort((a, b) => a - b) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function canonicalBlocks(blocks: readonly string[]): string[] {
  return blocks.map((block) => cidrBlock(block).text).sort();
}
