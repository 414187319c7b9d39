/** The three states of an alarm. */
export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** What missing data is taken for. */
export type MissingData = "missing" | "ignore" | "breaching" | "notBreaching";

export interface AlarmTerms {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: MissingData;
}

/** Whether each period of the evaluation range was breaching, newest last; nothing where data is missing. */
export type EvaluationRange = readonly (boolean | undefined)[];

/**
 * Periods that CloudWatch looks at beyond those that an alarm asks for. It publishes no number; two is
 * that of its own examples.
 */
const furtherPeriods = 2;

export function rangeOf({ evaluationPeriods }: AlarmTerms): number {
  return evaluationPeriods + furtherPeriods;
}

/**
 * The state of an alarm by its evaluation range. Real data always counts, the newest first; what is
 * missing fills only what is still needed.
 *
 * Source: "Configuring how CloudWatch alarms treat missing data" and "Avoiding premature transitions
 * to alarm state", CloudWatch User Guide.
 */
export function stateOf(
  range: EvaluationRange,
  terms: AlarmTerms,
  current: AlarmState,
): AlarmState {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = terms;
  const real = range.filter((one) => one !== undefined);
  if (real.length >= evaluationPeriods) {
    return byCount(breaching(real.slice(-evaluationPeriods)), datapointsToAlarm);
  }
  const filled = evaluationPeriods - real.length;
  switch (treatMissingData) {
    case "breaching":
      return byCount(breaching(real) + filled, datapointsToAlarm);
    case "notBreaching":
      return byCount(breaching(real), datapointsToAlarm);
    case "ignore":
      return real.length === 0 || isPremature(range, terms)
        ? current
        : byCount(breaching(real), datapointsToAlarm);
    case "missing":
      if (real.length === 0) return "INSUFFICIENT_DATA";
      return isPremature(range, terms) ? "ALARM" : byCount(breaching(real), datapointsToAlarm);
  }
}

/** Nothing but breaching data, the oldest of it as old as the data points that an alarm takes. */
function isPremature(range: EvaluationRange, { datapointsToAlarm }: AlarmTerms): boolean {
  const oldest = range.findIndex((one) => one !== undefined);
  if (oldest < 0 || range.includes(false)) return false;
  return range.length - oldest >= datapointsToAlarm;
}

function breaching(range: EvaluationRange): number {
  return range.filter((one) => one === true).length;
}

function byCount(count: number, datapointsToAlarm: number): AlarmState {
  return count >= datapointsToAlarm ? "ALARM" : "OK";
}
