/**
 * Whether a resource belongs to the orchestration of this package. It holds plans, journals and
 * figures, no data of customers, so rules about customers' data leave it out.
 */
export function isOwnOrchestration(urn: string): boolean {
  return /aws-dr:(capacity|observability|recovery):/.test(urn);
}
