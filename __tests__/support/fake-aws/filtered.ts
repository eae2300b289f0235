import type { Filter, Instance, NetworkInterface, Tag } from "@aws-sdk/client-ec2";

type Item = Instance & NetworkInterface;

/** What EC2 compares with a filter's values, by the filter's name. */
const FIELDS: Readonly<Record<string, (item: Item) => string | undefined>> = {
  "vpc-id": ({ VpcId }) => VpcId,
  "instance-id": ({ InstanceId }) => InstanceId,
  "network-interface-id": ({ NetworkInterfaceId }) => NetworkInterfaceId,
  "instance-state-name": ({ State }) => State?.Name,
};

/** The items that meet each filter, by one of its values; a filter that isn't known is an error. */
export function filtered<T extends Instance | NetworkInterface>(
  items: readonly T[],
  filters: readonly Filter[] = [],
): T[] {
  return items.filter((item) =>
    filters.every(({ Name = "", Values = [] }) => {
      const value = Name.startsWith("tag:")
        ? tagsOf(item).find(({ Key }) => `tag:${Key}` === Name)?.Value
        : fieldOf(Name)(item);
      return value !== undefined && Values.includes(value);
    }),
  );
}

function fieldOf(name: string): (item: Item) => string | undefined {
  const field = FIELDS[name];
  if (field === undefined) throw new Error(`it isn't known what the filter ${name} compares`);
  return field;
}

function tagsOf(item: Instance | NetworkInterface): readonly Tag[] {
  return (item as Instance).Tags ?? (item as NetworkInterface).TagSet ?? [];
}
