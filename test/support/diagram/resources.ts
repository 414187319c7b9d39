import { cellContract } from "../../../components/cells/cell.js";
import type { RegisteredResource } from "../../../runtime/rehearsal/program/registered.js";
import { orders } from "../cells.js";

type Properties = Readonly<Record<string, unknown>>;

/** A resource as a program registers it; its Region is that of its inputs. */
export function resource(
  type: string,
  name: string,
  inputs: Properties = {},
  parent?: RegisteredResource,
): RegisteredResource {
  const { region } = inputs;
  return {
    urn: `urn:pulumi:test::shop::${type}::${name}`,
    type,
    name,
    custom: !type.startsWith("aws-dr:"),
    protect: false,
    ignoreChanges: [],
    dependencies: [],
    inputs,
    outputs: {},
    id: name,
    account: orders.account,
    ...(parent && { parent: parent.urn }),
    ...(typeof region === "string" && { region }),
  };
}

/** A component of the sample cell, and what it registers in which Region: pairs of type and inputs. */
export function component(
  type: string,
  name: string,
  contract: Properties = {},
  children: readonly (readonly [type: string, inputs: Properties])[] = [],
): readonly RegisteredResource[] {
  const parent = resource(`aws-dr:${type}`, name, { ...cellContract(orders), ...contract });
  const below = children.map(([childType, inputs], index) =>
    resource(childType, `${name}-${index}`, inputs, parent),
  );
  return [parent, ...below];
}

const [east, west] = ["us-east-1", "us-west-2"];

/** A global table of the sample cell. */
export function tableIn(
  name: string,
  replicas: readonly Properties[] = [{ regionName: west }],
  contract: Properties = {},
): readonly RegisteredResource[] {
  const told = { name, mechanism: "dynamodb-global-table", ...contract };
  return component("data:GlobalTable", name, told, [
    ["aws:dynamodb/table:Table", { region: east, name, replicas }],
  ]);
}

/** A service of containers in one Region of the sample cell. */
export function serviceIn(
  region: string,
  resting: number,
  service = "api",
): readonly RegisteredResource[] {
  const capacity = { unit: "tasks", resting, normal: 50, failover: 100 };
  const contract = { region, service, capacity };
  return component("compute:ContainerService", `${service}-${region}`, contract, [
    ["aws:ecs/service:Service", { region }],
  ]);
}
