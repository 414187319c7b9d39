import { describe, expect, it } from "vitest";
import { standbyCapacity } from "../../../policies/failover-safety/standby-capacity.js";
import { type Shown, showStack, uncheckedAdvisory, unknown } from "../in-process.js";

type Props = Readonly<Record<string, unknown>>;

const east = "us-east-1";
const west = "us-west-2";
const seed = { unit: "tasks", resting: 20, normal: 50, failover: 100 };

function service(region: string, capacity: unknown = seed, more: Props = {}): Shown {
  return {
    type: "aws-dr:compute:ContainerService",
    name: `api-${region}`,
    props: {
      environment: "shop",
      cell: "orders",
      primaryRegion: east,
      recoveryRegion: west,
      region,
      service: "api",
      capacity,
      ...more,
    },
  };
}

const primary = service(east);
const both = [primary, service(west)];

describe("the capacity of a standby", () => {
  const tooLittle = (failover: number) =>
    `mandatory: capacity.failover of "api" in us-west-2 must be at least 50 tasks, its capacity.normal in us-east-1, got ${failover}. Raise it: this Region takes over from that one.`;
  const standby = (failover: number) => service(west, { ...seed, normal: 10, failover });

  it.each<[string, readonly Shown[], readonly string[]]>([
    ["is as much as normal there", [primary, standby(50)], []],
    ["is more than normal there", [primary, standby(51)], []],
    ["is less than normal there", [primary, standby(49)], [tooLittle(49)]],
    [
      "is less than normal in the Region that takes production back",
      [service(west), service(east, { ...seed, normal: 10, failover: 49 })],
      [
        'mandatory: capacity.failover of "api" in us-east-1 must be at least 50 tasks, its capacity.normal in us-west-2, got 49. Raise it: this Region takes over from that one.',
      ],
    ],
    [
      "is not seen where the other Region is in another stack",
      [primary],
      [uncheckedAdvisory(standbyCapacity, "api-us-east-1.capacity.failover")],
    ],
    [
      "is not that of another service, nor of another cell",
      [
        primary,
        service(west, seed, { service: "web" }),
        { ...service(west, seed, { cell: "bank" }), name: "bank" },
      ],
      [
        uncheckedAdvisory(
          standbyCapacity,
          "api-us-east-1.capacity.failover, api-us-west-2.capacity.failover, bank.capacity.failover",
        ),
      ],
    ],
    [
      "is not known yet",
      [primary, service(west, unknown)],
      [
        uncheckedAdvisory(
          standbyCapacity,
          "api-us-east-1.capacity.failover, api-us-west-2.capacity",
        ),
      ],
    ],
    ["is that of clusters as well", clusters(50), []],
    [
      "is too little in a cluster",
      clusters(49),
      [
        'mandatory: capacity.failover of "shop" in us-west-2 must be at least 50 nodes, its capacity.normal in us-east-1, got 49. Raise it: this Region takes over from that one.',
      ],
    ],
    ["is none of other components", [{ type: "aws-dr:data:GlobalTable", props: {} }], []],
  ])("%s", async (_title, shown, said) => {
    expect(await showStack(standbyCapacity, shown)).toEqual(said);
  });

  function clusters(failover: number): readonly Shown[] {
    const cluster = (region: string, normal: number, most: number): Shown => {
      const nodes = { unit: "nodes", resting: 2, normal, failover: most };
      const named = service(region, nodes, { service: null, cluster: "shop" });
      return { ...named, type: "aws-dr:compute:KubernetesCluster" };
    };
    return [cluster(east, 50, 100), cluster(west, 10, failover)];
  }
});

describe("how far scaling may go", () => {
  const target = (maxCapacity: unknown, parent: Shown | undefined = primary): Shown => ({
    type: "aws:appautoscaling/target:Target",
    name: "scaling",
    props: { maxCapacity },
    ...(parent && { parent }),
  });
  const nodes = (scalingConfig: unknown): Shown => ({
    type: "aws:eks/nodeGroup:NodeGroup",
    name: "nodes",
    props: { scalingConfig },
    parent: primary,
  });
  const tooLow = (path: string, got: string) =>
    `mandatory: ${path} must be at least 100 tasks, capacity.failover of "api" in us-east-1, got ${got}. Raise it: scaling refuses what is above it.`;

  it.each<[string, Shown, readonly string[]]>([
    ["is as far as a failover asks", target(100), []],
    ["is further than a failover asks", target(101), []],
    ["is less than a failover asks", target(99), [tooLow("maxCapacity", "99")]],
    ["is not said", target(null), [tooLow("maxCapacity", "nothing")]],
    [
      "is not known yet",
      target(unknown),
      [uncheckedAdvisory(standbyCapacity, "scaling.maxCapacity")],
    ],
    ["is as far as a failover asks of nodes", nodes({ maxSize: 100 }), []],
    [
      "is less than a failover asks of nodes",
      nodes({ maxSize: 99 }),
      [tooLow("scalingConfig.maxSize", "99")],
    ],
    [
      "is not known yet of nodes",
      nodes(unknown),
      [uncheckedAdvisory(standbyCapacity, "nodes.scalingConfig.maxSize")],
    ],
  ])("%s", async (_title, shown, said) => {
    expect(await showStack(standbyCapacity, [...both, shown])).toEqual(said);
  });

  it("is another's affair where no component says what a failover asks", async () => {
    const alone = { type: "aws:eks/nodeGroup:NodeGroup", props: {} };
    expect(await showStack(standbyCapacity, [alone])).toEqual([]);
  });

  it("cannot be checked where the component's numbers are not known yet", async () => {
    const component = service(east, unknown);
    expect(
      await showStack(standbyCapacity, [component, service(west), target(1, component)]),
    ).toEqual([
      uncheckedAdvisory(
        standbyCapacity,
        "api-us-east-1.capacity, api-us-west-2.capacity.failover, scaling.maxCapacity",
      ),
    ]);
  });
});
