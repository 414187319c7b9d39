import * as pulumi from "@pulumi/pulumi";

/** A program that registers as many resources as it is told, and nothing in them. */
class Nothing extends pulumi.ComponentResource {
  constructor(name: string) {
    super("bench:index:Nothing", name, {});
    this.registerOutputs({});
  }
}

const resources = new pulumi.Config().requireNumber("resources");
for (let ordinal = 0; ordinal < resources; ordinal += 1) new Nothing(`nothing-${ordinal}`);
