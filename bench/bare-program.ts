import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A program that registers as many AWS resources as it is told, computes nothing and connects nothing. */
const region = "us-east-1";
const provider = new aws.Provider("account", { region, allowedAccountIds: ["777788889999"] });
const resources = new pulumi.Config().requireNumber("resources");
for (let ordinal = 0; ordinal < resources; ordinal += 1) {
  new aws.cloudwatch.LogGroup(`nothing-${ordinal}`, { region }, { provider });
}
