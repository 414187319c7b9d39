/** Source: user guide, recovery plan quotas. None has a code of Service Quotas. */
export const planLimits = {
  plansPerLane: 1_000,
  stepsPerPlan: 20,
  serversPerPlan: 100,
  waitMinutes: 120,
  executionSeconds: 24 * 3_600,
} as const;

/** Source: API model, MaxResultsType. */
export const mostPerPage = 1_000;
