import { describe, expect, it } from "vitest";
import { propertiesOf } from "../../runtime/rehearsal/program/sdk-properties.js";
import { madeByAws } from "../../runtime/rehearsal/program/stand-in-aws.js";
import { differenceOf } from "./support/replacements.js";
import { arnTemplateOf, knownTypes, replacingInputs } from "./support/resource-types.js";

const table = "aws:dynamodb/table:Table";

const placement = { partition: "aws", region: "eu-west-1", account: "111122223333" };

/** The ARN that the stand-in gives to a resource of a type. */
function arnMadeOf(type: string): unknown {
  const order = { type, urn: `urn:${type}`, name: "alias/it", inputs: {}, placement };
  return madeByAws({ ...order, defaultTags: {} }).outputs.arn;
}

/** ARNs of a form in which `${…}` stands for what differs. */
function patternOf(template: string): RegExp {
  const known: Readonly<Record<string, string>> = {
    Partition: placement.partition,
    Region: placement.region,
    Account: placement.account,
  };
  const pattern = template.replaceAll(
    /\$\{(\w+)\}/g,
    (_, part: string) => known[part] ?? "[\\w/-]+",
  );
  return new RegExp(`^${pattern}$`);
}

const withArns = knownTypes.flatMap((type): readonly [string, string][] => {
  const template = arnTemplateOf(type);
  return template !== undefined && propertiesOf(type).has("arn") ? [[type, template]] : [];
});

describe("what the stand-in for the AWS provider knows of types", () => {
  it.each(knownTypes)("names the inputs that replace %s as the SDK does", (type) => {
    const inputs = [...replacingInputs(type)];
    expect(inputs).not.toEqual([]);
    expect(inputs.filter((input) => !propertiesOf(type).has(input))).toEqual([]);
  });

  it("has what replaces a type from AWS's registry, where the provider does not differ", () => {
    expect([...replacingInputs("aws:sns/topic:Topic")].sort()).toEqual([
      "fifoTopic",
      "name",
      "namePrefix",
      "region",
    ]);
  });

  it("encrypts a log group anew without replacing it", () => {
    expect(replacingInputs("aws:cloudwatch/logGroup:LogGroup")).not.toContain("kmsKeyId");
  });

  it("keeps what holds data unless its keys, its name or its Region change", () => {
    expect([...replacingInputs(table)].sort()).toEqual([
      "hashKey",
      "importTable",
      "localSecondaryIndexes",
      "name",
      "rangeKey",
      "region",
    ]);
  });

  it("deletes first what is replaced under the same name", () => {
    const from = { name: "records", hashKey: "id", billingMode: "PROVISIONED" };
    const billing = { ...from, billingMode: "PAY_PER_REQUEST" };
    const key = { ...billing, hashKey: "key" };
    const name = { ...from, name: "others" };
    expect([billing, key, name].map((to) => differenceOf(table, from, to))).toEqual([
      { changed: ["billingMode"], replacing: [], deleteFirst: false },
      { changed: ["hashKey", "billingMode"], replacing: ["hashKey"], deleteFirst: true },
      { changed: ["name"], replacing: ["name"], deleteFirst: false },
    ]);
  });

  it("refuses a type of which it knows nothing, and says where to add it", () => {
    expect(() => replacingInputs("aws:none/such:Such")).toThrow(
      "type must be one of which it is known what replaces it, got " +
        '"aws:none/such:Such". Add a line for it in test/engine/support/provider-types/.',
    );
  });

  it.each(withArns)("gives %s an ARN of the form that AWS's registry tells", (type, template) => {
    expect(arnMadeOf(type)).toMatch(patternOf(template));
  });
});
