/** Names of the rehearsal document that tell what watched the lanes meanwhile. */
export const watchFields = [
  {
    path: "watching.runs",
    type: "number",
    unit: "runs",
    isOptional: true,
    meaning: "How often the deployed publisher counted the lanes meanwhile, on its own schedule.",
  },
  {
    path: "watching.datapoints",
    type: "number",
    unit: "values",
    isOptional: true,
    meaning: "Values of metrics that it published.",
  },
  {
    path: "watching.alarms[].name",
    type: "text",
    isOptional: true,
    meaning: "A deployed alarm over such metrics.",
  },
  {
    path: "watching.alarms[].state",
    type: "text",
    isOptional: true,
    meaning: "Its state at the end: `OK`, `ALARM` or `INSUFFICIENT_DATA`.",
  },
  {
    path: "watching.alarms[].changes[].atSeconds",
    type: "number",
    unit: "virtual seconds since the start",
    isOptional: true,
    meaning: "When its state changed.",
  },
  {
    path: "watching.alarms[].changes[].state",
    type: "text",
    isOptional: true,
    meaning: "What it changed to.",
  },
  {
    path: "watching.alarms[].problem",
    type: "text",
    isOptional: true,
    meaning: "Why it cannot be evaluated in a rehearsal.",
  },
] as const;
