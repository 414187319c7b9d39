import {
  arnOf,
  capitals,
  globalArn,
  type Made,
  type Making,
  named,
  pathOf,
  type StandInType,
  text,
  uuid,
} from "./making.js";

/** Roles, keys and parameters. */
export const identityTypes: Readonly<Record<string, StandInType>> = {
  "aws:iam/policy:Policy": named((making) => {
    const arn = globalArn(making, "iam", `policy${pathOf(making)}${making.name}`, making.account);
    return { id: arn, outputs: { arn, path: "/", policyId: `ANPA${capitals(making)}` } };
  }),
  "aws:iam/role:Role": named((making) => ({
    id: making.name,
    outputs: {
      arn: globalArn(making, "iam", `role${pathOf(making)}${making.name}`, making.account),
      maxSessionDuration: 3600,
      path: "/",
      uniqueId: `AROA${capitals(making)}`,
    },
  })),
  "aws:iam/rolePolicy:RolePolicy": named(({ inputs, name }) => ({
    id: `${text(inputs.role)}:${name}`,
    outputs: {},
  })),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    make: ({ inputs }) => ({ id: `${text(inputs.role)}/${text(inputs.policyArn)}`, outputs: {} }),
  },
  "aws:kms/alias:Alias": named((making) => ({
    id: making.name,
    outputs: { arn: arnOf(making, "kms", making.name) },
  })),
  "aws:kms/key:Key": { make: kmsKey },
  "aws:kms/replicaKey:ReplicaKey": { make: kmsKey },
  "aws:ssm/parameter:Parameter": named((making) => ({
    id: making.name,
    outputs: {
      arn: arnOf(making, "ssm", `parameter/${making.name.replace(/^\//, "")}`),
      version: 1,
    },
  })),
};

function kmsKey(making: Making): Made {
  const keyId = uuid(making);
  return { id: keyId, outputs: { arn: arnOf(making, "kms", `key/${keyId}`), keyId } };
}
