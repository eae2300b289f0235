import type { OperatingSystem } from "./environment";

/** Where Bottlerocket has its second volume: containers, images and logs. */
export const DATA_DEVICE = "/dev/xvdb";

/**
 * Size in GiB of Bottlerocket's own volume: two images of the OS, and nothing that grows. Its AMIs
 * ask for 2; a little more costs next to nothing and leaves room for larger ones.
 * @see https://bottlerocket.dev/en/os/latest/#/concepts/variants/
 */
export const BOTTLEROCKET_OS_VOLUME_GIB = 4;

/** The sizes of a node's volumes. */
export interface NodeVolumes {
  readonly rootVolumeGiB: number;
  readonly dataVolumeGiB?: number;
}

/**
 * A node's volumes: containers live on the root volume of Amazon Linux, and on the data volume of
 * Bottlerocket.
 *
 * @param storageGiB `fleet.rootVolumeGiB`: the size of the volume that the containers live on
 */
export function nodeVolumes(os: OperatingSystem, storageGiB: number): NodeVolumes {
  switch (os) {
    case "al2023":
      return { rootVolumeGiB: storageGiB };
    case "bottlerocket":
      return { rootVolumeGiB: BOTTLEROCKET_OS_VOLUME_GIB, dataVolumeGiB: storageGiB };
  }
}
