import {
  liesIn,
  type ResidencyZone,
  residencyZoneNames,
} from "../../runtime/core/cells/residency.js";
import { known, UNKNOWN, uncheckable } from "../known.js";
import { regionOf } from "../placement.js";
import type { Rule } from "../rule.js";
import { gdpr } from "./frameworks.js";

const residencyTag = "data-residency";

/** For data that no component of this package keeps: whoever makes it says by a tag where it belongs. */
export const taggedDataInZone: Rule = {
  name: "dr-tagged-data-in-zone",
  description: `A resource that carries the tag ${residencyTag} lives in a Region of that zone.`,
  why: "A tag that is not held against the Region is a promise that nobody checks.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: `Move the resource to a Region of its zone, or correct its tag ${residencyTag}.`,
  framework: gdpr("Article 44", "General principle for transfers"),
  url: "https://gdpr-info.eu/art-44-gdpr/",
  validateResource: ({ type, props, provider }, report) => {
    if (!type.startsWith("aws:")) return;
    const zone = zoneTagged(props);
    if (zone === undefined) return;
    if (zone === UNKNOWN) return uncheckable(`tags["${residencyTag}"]`);
    if (!isZone(zone)) {
      report(
        `tags["${residencyTag}"] must be a residency zone (${residencyZoneNames.join(", ")}), got "${zone}". Name the zone that the data belongs to.`,
      );
      return;
    }
    const region = regionOf({ props, provider });
    if (region === undefined) return uncheckable("region");
    if (liesIn(zone, region)) return;
    report(
      `region must lie in the zone "${zone}" that the tag ${residencyTag} names, got "${region}". Make the resource in a Region of that zone.`,
    );
  },
};

/** The tag alone is read: another tag that is unknown does not hide it. */
function zoneTagged(props: Tagged): string | undefined | typeof UNKNOWN {
  const own = known(() => props.tags?.[residencyTag]);
  if (own !== undefined && own !== UNKNOWN) return own;
  return known(() => props.tagsAll?.[residencyTag]) ?? own;
}

interface Tagged {
  readonly tags?: Readonly<Record<string, string>>;
  readonly tagsAll?: Readonly<Record<string, string>>;
}

function isZone(name: string): name is ResidencyZone {
  return residencyZoneNames.some((zone) => zone === name);
}
