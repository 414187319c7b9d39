import { listOf, readMembers, readRequired, tagMap, text } from "../members.js";
import type { LaneRecord } from "../model.js";
import { named, unknownResource } from "../named.js";
import { type Call, type Operation, postOperation, right } from "../operation.js";
import { page } from "../paging.js";
import {
  checkReplicationSettings,
  defaultReplicationSettings,
  type ReplicationSettings,
  replicationReaders,
} from "../replication-settings.js";
import type { ReplicationTemplate } from "../settings.js";
import { taggingRights } from "../tagging-rights.js";
import { arnIn, type World } from "../world.js";

const kind = "replication-configuration-template";

const createReplicationConfigurationTemplate = postOperation(
  "CreateReplicationConfigurationTemplate",
  {
    rights: (call) => [
      right("drs:CreateReplicationConfigurationTemplate"),
      ...taggingRights(call, [arnIn(call.lane, `${kind}/rct-00000000000000000`)]),
    ],
    run({ world, lane, body }) {
      const settings = readRequired<ReplicationSettings, keyof ReplicationSettings>(
        body,
        replicationReaders,
        [
          "stagingAreaSubnetId",
          "replicationServersSecurityGroupsIDs",
          "ebsEncryption",
          "bandwidthThrottling",
          "stagingAreaTags",
          "pitPolicy",
        ],
      );
      const { tags = {} } = readMembers(body, { tags: tagMap });
      checkReplicationSettings(world, settings);
      const { templates } = lane;
      templates.created += 1;
      const id = `rct-${world.digits(17, "template", lane.lane, templates.created)}`;
      const template = { id, arn: arnIn(lane, `${kind}/${id}`), tags: { ...tags }, settings };
      templates.replication.set(id, template);
      return { status: 201, body: wireTemplate(world, lane, template) };
    },
  },
);

const describeReplicationConfigurationTemplates = postOperation(
  "DescribeReplicationConfigurationTemplates",
  {
    rights: () => [right("drs:DescribeReplicationConfigurationTemplates")],
    run({ world, lane, body }) {
      const { replicationConfigurationTemplateIDs: ids = [] } = readMembers<Filter>(body, filter);
      const all = lane.templates.replication;
      const unknown = ids.find((id) => !all.has(id));
      if (unknown !== undefined) {
        throw unknownResource("replicationConfigurationTemplateID", unknown, "both");
      }
      const placed = [...all.values()]
        .filter(({ id }) => ids.length === 0 || ids.includes(id))
        .map((item) => ({ key: item.id, item }));
      const { items, ...next } = page(world, body, placed);
      const wire = items.map((one) => wireTemplate(world, lane, one));
      return { status: 200, body: { items: wire, ...next } };
    },
  },
);

const updateReplicationConfigurationTemplate = postOperation(
  "UpdateReplicationConfigurationTemplate",
  {
    rights: (call) => [right("drs:UpdateReplicationConfigurationTemplate", [namedArn(call)])],
    run({ world, lane, body }) {
      const template = named(body, "replicationConfigurationTemplateID", "both", (id) =>
        lane.templates.replication.get(id),
      );
      const changes = readMembers<ReplicationSettings>(body, replicationReaders);
      checkReplicationSettings(world, changes, template.settings);
      template.settings = { ...template.settings, ...changes };
      return { status: 200, body: wireTemplate(world, lane, template) };
    },
  },
);

const deleteReplicationConfigurationTemplate = postOperation(
  "DeleteReplicationConfigurationTemplate",
  {
    rights: (call) => [right("drs:DeleteReplicationConfigurationTemplate", [namedArn(call)])],
    run({ lane, body }) {
      const all = lane.templates.replication;
      const { id } = named(body, "replicationConfigurationTemplateID", "not-found", (one) =>
        all.get(one),
      );
      all.delete(id);
      return { status: 204 };
    },
  },
);

/** How servers are replicated that are added later. */
export const replicationTemplateOperations: readonly Operation[] = [
  createReplicationConfigurationTemplate,
  describeReplicationConfigurationTemplates,
  updateReplicationConfigurationTemplate,
  deleteReplicationConfigurationTemplate,
];

interface Filter {
  readonly replicationConfigurationTemplateIDs: readonly string[];
}

/** Source: API model, ReplicationConfigurationTemplateIDs. */
const filter = {
  replicationConfigurationTemplateIDs: listOf(text({ pattern: /^rct-[0-9a-zA-Z]{17}$/ }), {
    max: 200,
  }),
};

function namedArn({ lane, body }: Call): string {
  return arnIn(lane, `${kind}/${String(body.replicationConfigurationTemplateID)}`);
}

function wireTemplate(world: World, lane: LaneRecord, template: ReplicationTemplate) {
  return {
    replicationConfigurationTemplateID: template.id,
    arn: template.arn,
    ...defaultReplicationSettings(world, lane),
    ...template.settings,
    tags: template.tags,
  };
}
