import {
  defaultLaunchSettings,
  type LaunchTemplateSettings,
  launchTemplateReaders,
} from "../launch-settings.js";
import { listOf, readMembers, tagMap, text } from "../members.js";
import { named, unknownResource } from "../named.js";
import { type Call, type Operation, postOperation, right } from "../operation.js";
import { page } from "../paging.js";
import { refuseAbove } from "../quotas.js";
import type { LaunchTemplate } from "../settings.js";
import { taggingRights } from "../tagging-rights.js";
import { arnIn } from "../world.js";

const kind = "launch-configuration-template";

const createLaunchConfigurationTemplate = postOperation("CreateLaunchConfigurationTemplate", {
  rights: (call) => [
    right("drs:CreateLaunchConfigurationTemplate"),
    ...taggingRights(call, [arnIn(call.lane, `${kind}/lct-00000000000000000`)]),
  ],
  run({ world, lane, body }) {
    const settings = readMembers<LaunchTemplateSettings>(body, launchTemplateReaders);
    const { tags = {} } = readMembers(body, { tags: tagMap });
    const { templates } = lane;
    refuseAbove(world, lane, "launchConfigurationTemplates", templates.launch.size + 1);
    templates.created += 1;
    const id = `lct-${world.digits(17, "template", lane.lane, templates.created)}`;
    const arn = arnIn(lane, `${kind}/${id}`);
    const template = { id, arn, tags: { ...tags }, settings, actions: new Map() };
    templates.launch.set(id, template);
    return { status: 201, body: { launchConfigurationTemplate: wireTemplate(template) } };
  },
});

const describeLaunchConfigurationTemplates = postOperation("DescribeLaunchConfigurationTemplates", {
  rights: () => [right("drs:DescribeLaunchConfigurationTemplates")],
  run({ world, lane, body }) {
    const { launchConfigurationTemplateIDs: ids = [] } = readMembers<Filter>(body, filter);
    const all = lane.templates.launch;
    const unknown = ids.find((id) => !all.has(id));
    if (unknown !== undefined) {
      throw unknownResource("launchConfigurationTemplateID", unknown, "both");
    }
    const placed = [...all.values()]
      .filter(({ id }) => ids.length === 0 || ids.includes(id))
      .map((item) => ({ key: item.id, item }));
    const { items, ...next } = page(world, body, placed, { mostAllowed: 1_000 });
    return { status: 200, body: { items: items.map(wireTemplate), ...next } };
  },
});

const updateLaunchConfigurationTemplate = postOperation("UpdateLaunchConfigurationTemplate", {
  rights: (call) => [right("drs:UpdateLaunchConfigurationTemplate", [namedArn(call)])],
  run({ lane, body }) {
    const template = named(body, "launchConfigurationTemplateID", "both", (id) =>
      lane.templates.launch.get(id),
    );
    const changes = readMembers<LaunchTemplateSettings>(body, launchTemplateReaders);
    template.settings = { ...template.settings, ...changes };
    return { status: 200, body: { launchConfigurationTemplate: wireTemplate(template) } };
  },
});

const deleteLaunchConfigurationTemplate = postOperation("DeleteLaunchConfigurationTemplate", {
  rights: (call) => [right("drs:DeleteLaunchConfigurationTemplate", [namedArn(call)])],
  run({ lane, body }) {
    const all = lane.templates.launch;
    const { id } = named(body, "launchConfigurationTemplateID", "not-found", (one) => all.get(one));
    all.delete(id);
    return { status: 204 };
  },
});

/** How servers are launched that are added later. */
export const launchTemplateOperations: readonly Operation[] = [
  createLaunchConfigurationTemplate,
  describeLaunchConfigurationTemplates,
  updateLaunchConfigurationTemplate,
  deleteLaunchConfigurationTemplate,
];

interface Filter {
  readonly launchConfigurationTemplateIDs: readonly string[];
}

/** Source: API model, LaunchConfigurationTemplateIDs. */
const filter = {
  launchConfigurationTemplateIDs: listOf(text({ pattern: /^lct-[0-9a-zA-Z]{17}$/ }), { max: 1 }),
};

function namedArn({ lane, body }: Call): string {
  return arnIn(lane, `${kind}/${String(body.launchConfigurationTemplateID)}`);
}

function wireTemplate({ id, arn, tags, settings }: LaunchTemplate) {
  return {
    launchConfigurationTemplateID: id,
    arn,
    tags,
    ...defaultLaunchSettings,
    ...settings,
  };
}
