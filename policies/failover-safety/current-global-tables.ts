import { awsPages, type Rule } from "../rule.js";

/** Source: DynamoDB API Reference, CreateGlobalTable is of version 2017.11.29 and should be avoided. */
export const currentGlobalTables: Rule = {
  name: "dr-current-global-tables",
  description: "Tables are replicated by their own replicas, not as global tables of 2017.",
  why: "The legacy kind cannot be restored to a point in time, nor have keys in each Region.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps:
    "Name the Regions in replicas of the table, as GlobalTable of this package does.",
  url: awsPages.globalTables,
  validateResource: ({ type }, report) => {
    if (type !== "aws:dynamodb/globalTable:GlobalTable") return;
    report(
      "a table must be replicated by its own replicas, got a global table of version 2017.11.29. Use replicas of aws.dynamodb.Table.",
    );
  },
};
