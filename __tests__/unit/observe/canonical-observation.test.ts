import { canonicalObservation } from "../../../lib/observe/canonical-observation";
import type { Observation } from "../../../lib/observe/observation";
import { renderObservation } from "../../../lib/observe/recorded";
import schema from "../../../lib/observe/observation.schema.json";
import { observationOfFakeAccount } from "./fake-account";

/** The same value with the keys of every object the other way round. */
function keysReversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysReversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, keysReversed(member)]),
  );
}

/** With the fields that a service may lack. */
function withEveryField(observation: Observation): Observation {
  const { health } = observation;
  if (health.source !== "ecs") return observation;
  const services = health.services.map((service) => ({
    cell: "a",
    coreSet: 0,
    everywhere: true as const,
    slots: [2, 0],
    taskDefinitionArn: "td",
    ...service,
  }));
  return { ...observation, health: { ...health, services } };
}

describe("the canonical form", () => {
  it("has the same bytes whatever the order of lists and keys", () => {
    const observation = observationOfFakeAccount(12);
    const shuffled = keysReversed(observation) as Observation;
    shuffled.instances.reverse();
    shuffled.networkInterfaces.reverse();
    shuffled.elasticIps.reverse();
    for (const list of Object.values(shuffled.health)) if (Array.isArray(list)) list.reverse();
    expect(renderObservation(shuffled)).toBe(renderObservation(observation));
  });

  it("sorts by id, IPv6 addresses and image names in byte order", () => {
    const observation = observationOfFakeAccount(11);
    observation.networkInterfaces[0]!.ipv6 = ["2001:db8::b", "2001:db8::B", "2001:db8::a"];
    const canonical = canonicalObservation(observation);
    expect(canonical.instances.map(({ instanceId }) => instanceId).slice(0, 4)).toEqual([
      "i-0",
      "i-1",
      "i-10",
      "i-2",
    ]);
    expect(canonical.networkInterfaces[0]?.ipv6).toEqual([
      "2001:db8::B",
      "2001:db8::a",
      "2001:db8::b",
    ]);
    expect(Object.keys(canonical.images)).toEqual(Object.keys(observation.images).sort());
  });

  it("keeps an instance's interfaces by device index", () => {
    const [first] = canonicalObservation(observationOfFakeAccount(1)).instances;
    expect(first?.networkInterfaceIds).toEqual(["eni-0", "eni-second-0"]);
  });

  it("loses no field of the schema, and has them in its order", () => {
    const observation = withEveryField(observationOfFakeAccount(1));
    const nodeDaemons = [{ serviceName: "node--router", healthyOn: ["b", "a"] }];
    const instances = observation.instances.map((item) => ({ ...item, dataVolumeGiB: 200 }));
    const taskDefinitions = [{ taskDefinitionArn: "td", image: "routed:1", settings: "0" }];
    const everything = { ...observation.health, nodeDaemons, taskDefinitions };
    const whole = { ...observation, instances, health: everything };
    const canonical = canonicalObservation(whole);
    const { instances: ofSchema, networkInterfaces, elasticIps } = schema.properties;
    expect(Object.keys(canonical)).toEqual(Object.keys(schema.properties));
    expect(Object.keys(canonical.instances[0]!)).toEqual(Object.keys(ofSchema.items.properties));
    expect(Object.keys(canonical.networkInterfaces[0]!)).toEqual(
      Object.keys(networkInterfaces.items.properties),
    );
    expect(Object.keys(canonical.elasticIps[0]!)).toEqual(Object.keys(elasticIps.items.properties));
    const ecs = schema.properties.health.oneOf.find(({ title }) => title === "HealthFromEcs");
    const health = canonical.health as Extract<Observation["health"], { source: "ecs" }>;
    expect(Object.keys(health)).toEqual(Object.keys(ecs!.properties));
    expect(health.nodeDaemons?.[0]?.healthyOn).toEqual(["a", "b"]);
    const lists = [
      "containerInstances",
      "services",
      "nodeDaemons",
      "taskDefinitions",
      "tasks",
    ] as const;
    for (const list of lists) {
      expect(Object.keys(health[list]![0]!)).toEqual(
        Object.keys(ecs!.properties[list]!.items.properties),
      );
    }
  });

  it("leaves what it was given as it is", () => {
    const observation = observationOfFakeAccount(11);
    const before = JSON.stringify(observation);
    canonicalObservation(observation);
    expect(JSON.stringify(observation)).toBe(before);
  });

  it("is rendered as indented JSON with a newline at its end", () => {
    const text = renderObservation({
      ...observationOfFakeAccount(0),
      images: { b: "ami-2", a: "ami-1" },
      cluster: null,
      health: { source: "unreadable", reason: "ecs:ListTasks failed" },
    });
    expect(text).toBe(`{
  "formatVersion": 1,
  "environment": "test",
  "accountId": "123456789012",
  "region": "us-east-2",
  "images": {
    "a": "ami-1",
    "b": "ami-2"
  },
  "cluster": null,
  "instances": [],
  "networkInterfaces": [],
  "elasticIps": [],
  "health": {
    "source": "unreadable",
    "reason": "ecs:ListTasks failed"
  }
}
`);
  });
});
