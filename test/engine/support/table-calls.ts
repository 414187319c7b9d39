import { type Call, type Effect, one } from "./runbook-call.js";
import type { Thing, World } from "./world.js";

const type = "aws:dynamodb/table:Table";

/** What each call of the runbooks changes of a table. */
export const tableEffects: Readonly<Record<string, Effect>> = {
  "dynamodb delete-table": (world, call) => {
    const { id, inputs } = tableIn(world, call);
    if (inputs.deletionProtectionEnabled === true) {
      throw new Error(`ValidationException: ${id} in ${call.region} is protected from deletion`);
    }
    world.remove(type, id, call.region);
  },
  "dynamodb tag-resource": (world, call) => {
    const [, name = ""] = one(call, "resource-arn").split(":table/");
    const [, key = "", value = ""] = /^Key=(.+),Value=(.+)$/.exec(one(call, "tags")) ?? [];
    const { inputs } = world.find(type, name, call.region);
    const tags = { ...(inputs.tags as Readonly<Record<string, string>>), [key]: value };
    world.change(type, name, { tags }, call.region);
  },
  "dynamodb update-continuous-backups": (world, call) => {
    const enabled = one(call, "point-in-time-recovery-specification").endsWith("=true");
    change(world, call, { pointInTimeRecovery: { enabled } });
  },
  "dynamodb update-table": (world, call) => {
    change(world, call, {
      deletionProtectionEnabled: call.said.has("deletion-protection-enabled"),
    });
  },
  "dynamodb update-time-to-live": (world, call) => {
    const { Enabled, AttributeName } = JSON.parse(one(call, "time-to-live-specification"));
    change(world, call, { ttl: { enabled: Enabled, attributeName: AttributeName } });
  },
};

/**
 * Makes the table of that name in another Region anew, without what a restore leaves out. What is no
 * table is restored beside, where no program declares it.
 */
export function restoreTable(world: World, call: Call): void {
  const { targetTableName: id, kmsMasterKeyArn: kmsKeyArn } = JSON.parse(one(call, "metadata"));
  if (id === undefined) return;
  const named = world.things.filter((thing) => thing.type === type && thing.id === id);
  if (named.some(({ region }) => region === call.region)) {
    throw new Error(`TableAlreadyExistsException: ${id} in ${call.region}`);
  }
  const source = named.find(({ region }) => region !== call.region);
  if (source === undefined) throw new Error(`there must be a backup of ${id}, got none`);
  const { region } = call;
  const {
    ttl: _expiry,
    tags: _tags,
    pointInTimeRecovery: _points,
    deletionProtectionEnabled: _protection,
    ...kept
  } = source.inputs;
  const inputs = { ...kept, region, serverSideEncryption: { enabled: true, kmsKeyArn } };
  const arn = `arn:aws:dynamodb:${region}:${source.account}:table/${id}`;
  world.place({ ...source, region, inputs, outputs: { ...source.outputs, ...inputs, arn } });
}

function tableIn(world: World, call: Call): Thing {
  return world.find(type, one(call, "table-name"), call.region);
}

function change(world: World, call: Call, settings: Readonly<Record<string, unknown>>): void {
  world.change(type, one(call, "table-name"), settings, call.region);
}
