import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimate } from "../../../runtime/core/cost/estimate.js";
import type { CostedResource } from "../../../runtime/core/cost/resources.js";
import { component, resource } from "./costed.js";

/** A service of Fargate tasks of one virtual CPU and two GiB. */
function service(region: string, tasks: number, most: number): readonly CostedResource[] {
  const parent = component("aws-dr:compute:ContainerService");
  const definition = resource({
    type: "aws:ecs/taskDefinition:TaskDefinition",
    props: { cpu: "1024", memory: "2048" },
  });
  return [
    parent,
    definition,
    resource({
      type: "aws:ecs/service:Service",
      region,
      parent,
      props: { name: "api", desiredCount: tasks },
      madeOf: { taskDefinition: definition },
    }),
    resource({
      type: "aws:appautoscaling/target:Target",
      region,
      props: { resourceId: "service/cluster/api", maxCapacity: most },
    }),
  ];
}

describe("an estimate of a failover", () => {
  it("counts the tasks to which the recovery Region is scaled", () => {
    const { dollarsPerMonth, dollarsPerMonthInFailover } = estimate(service("us-west-2", 10, 50));
    expect(dollarsPerMonth).toBeCloseTo(10 * (29.5504 + 2 * 3.24485), 4);
    expect(dollarsPerMonthInFailover).toBeCloseTo(5 * dollarsPerMonth, 4);
  });

  it("leaves the primary Region as it is", () => {
    const { dollarsPerMonth, dollarsPerMonthInFailover } = estimate(service("us-east-1", 10, 50));
    expect(dollarsPerMonthInFailover).toBe(dollarsPerMonth);
  });

  it("adds the instances that a headless member of a database lacks", () => {
    const contract = {
      headless: true,
      instanceClass: "db.r6g.large",
      instances: { "us-east-1": 2, "us-west-2": 0 },
    };
    const parent = component("aws-dr:data:AuroraGlobalDatabase", contract);
    const cluster = (region: string) =>
      resource({
        type: "aws:rds/cluster:Cluster",
        name: region,
        region,
        parent,
        props: { engine: "aurora-postgresql" },
      });
    const { lines: priced } = estimate([parent, cluster("us-east-1"), cluster("us-west-2")]);
    expect(priced).toMatchObject([
      {
        cell: "shop/orders",
        region: "us-west-2",
        quantity: 0,
        dollarsPerMonth: 0,
        quantityInFailover: 2,
      },
    ]);
    expect(priced[0]?.dollarsPerMonthInFailover).toBeCloseTo(2 * 0.26 * 730, 6);
  });

  it("never costs less than rest, nor less with more tasks; its sums are those of its lines", () => {
    const count = fc.integer({ min: 0, max: 500 });
    const region = fc.constantFrom("us-east-1", "us-west-2", "eu-central-1");
    fc.assert(
      fc.property(region, count, count, count, (where, tasks, more, most) => {
        const fewer = estimate(service(where, tasks, most));
        const larger = estimate(service(where, tasks + more, most));
        const sum = fewer.lines.reduce((total, line) => total + line.dollarsPerMonth, 0);
        expect(sum).toBeCloseTo(fewer.dollarsPerMonth, 6);
        expect(fewer.dollarsPerMonthInFailover).toBeGreaterThanOrEqual(fewer.dollarsPerMonth);
        expect(larger.dollarsPerMonth).toBeGreaterThanOrEqual(fewer.dollarsPerMonth);
        expect(larger.dollarsPerMonthInFailover).toBeGreaterThanOrEqual(
          fewer.dollarsPerMonthInFailover,
        );
      }),
    );
  });
});
