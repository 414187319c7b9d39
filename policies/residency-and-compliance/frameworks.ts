import type { PolicyComplianceFramework } from "@pulumi/policy";

/** A requirement of the Payment Card Industry's Data Security Standard. */
export function pciDss(reference: string, specification: string): PolicyComplianceFramework {
  return { name: "PCI DSS", version: "4.0.1", reference, specification };
}

/** A section of the Sarbanes-Oxley Act. */
export function sox(reference: string, specification: string): PolicyComplianceFramework {
  return { name: "SOX", version: "2002", reference, specification };
}

/** A chapter or article of the General Data Protection Regulation. */
export function gdpr(reference: string, specification: string): PolicyComplianceFramework {
  return { name: "GDPR", version: "2016/679", reference, specification };
}
