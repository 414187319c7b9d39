import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  estateLanes,
  expectedServers,
  hubExternalId,
  protectionGroups,
  recoveryPlans,
} from "../../runtime/environment/documents.js";
import { loadEnvironment } from "../../runtime/environment/load.js";
import { hasServers, type ServerEnvironment } from "../../runtime/environment/schema.js";

function environmentAt(path: string): ServerEnvironment {
  const loaded = loadEnvironment(fileURLToPath(new URL(path, import.meta.url)));
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
  if (!hasServers(loaded.environment)) throw new Error(`${path} recovers no servers`);
  return loaded.environment;
}

function expectedOfAll(environment: ServerEnvironment) {
  return recoveryPlans(environment).map((plan) => expectedServers(environment, plan));
}

describe("the example of six servers", () => {
  const environment = environmentAt("../../examples/six-servers/environment.yaml");

  it("keeps its ids, two in each of three waves one after the other", () => {
    expect(
      recoveryPlans(environment)[0]?.waves.map((wave) => [wave.name, wave.servers, wave.dependsOn]),
    ).toEqual([
      ["database", ["s-3c1730a9e0771ea14", "s-3d75cdc0d9a28a725"], []],
      ["app", ["s-3afa164776f93ce4f", "s-3c63bb8be30d7d071"], ["database"]],
      ["web", ["s-3578f52ef3bdd58b4", "s-3b9401c1cd270a7a8"], ["app"]],
    ]);
    expect(expectedOfAll(environment)).toEqual([
      {
        database: { "555566667777/us-east-1": 2 },
        app: { "555566667777/us-east-1": 2 },
        web: { "555566667777/us-east-1": 2 },
      },
    ]);
  });

  it("acts in an account that is not the hub's", () => {
    expect(environment.accounts.map(({ id }) => id)).not.toContain(environment.hub.account);
  });
});

describe("the example of a thousand servers", () => {
  const environment = environmentAt("../../examples/thousand-servers/environment.yaml");

  it("declares 250 servers in each of four lanes", () => {
    expect(estateLanes(environment)).toEqual([
      {
        account: "111111111111",
        region: "us-east-1",
        accountName: "staging-1",
        declaredServers: 250,
      },
      {
        account: "222222222222",
        region: "us-west-2",
        accountName: "staging-2",
        declaredServers: 250,
      },
      {
        account: "333333333333",
        region: "us-east-2",
        accountName: "staging-3",
        declaredServers: 250,
      },
      { account: "444444444444", region: "us-west-1", accountName: "target", declaredServers: 250 },
    ]);
  });

  it("puts each of them in one wave", () => {
    const lanes = (servers: number) => ({
      "111111111111/us-east-1": servers,
      "222222222222/us-west-2": servers,
      "333333333333/us-east-2": servers,
      "444444444444/us-west-1": servers,
    });

    expect(expectedOfAll(environment)).toEqual([
      { database: lanes(50), app: lanes(100), web: lanes(100) },
    ]);
  });
});

describe("the documents of an environment", () => {
  const environment = environmentAt("accepted/small.yaml");

  it("hold no key without a value, so that they survive JSON", () => {
    const documents = { groups: protectionGroups(environment), plans: recoveryPlans(environment) };

    expect(JSON.parse(JSON.stringify(documents))).toStrictEqual(documents);
  });

  it("leave out lanes in which a wave selects nothing", () => {
    expect(expectedOfAll(environment)).toEqual([
      {
        database: { "111111111111/us-east-1": 2 },
        web: { "111111111111/us-east-1": 2 },
        core: { "222222222222/eu-west-1": 5 },
        counter: { "222222222222/eu-west-1": 5 },
      },
    ]);
  });

  it("take an external id from the file, or make one of environment and hub", () => {
    const { hub } = environment;

    expect(hubExternalId(environment)).toBe("small-777788889999");
    expect(hubExternalId({ ...environment, hub: { ...hub, externalId: "agreed" } })).toBe("agreed");
  });
});
