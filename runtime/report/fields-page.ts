import type { DocumentField } from "./document-fields.js";

const introduction = `# The rehearsal document

\`aws-dr rehearse FILE --json\` prints one JSON document; \`--report FOLDER\` writes the same as
\`report.json\`. It is meant for pipelines: compare \`makespanSeconds\` with the objective, fail on a
broken invariant, keep it to see how the plan changes from month to month.

\`\`\`sh
aws-dr rehearse environment.yaml --json | jq -e '.makespanSeconds / 60 <= .rtoMinutes'
\`\`\`

Every name says its unit. Times are virtual seconds since the execution began, unless they are said
to be real. \`[]\` stands for each item of a list, \`*\` for each key of a record; names in *italics*
may be absent. When a command fails before there is a document, it prints
\`{ "error": …, "problems": […] }\` instead.

| Name | Type | Unit | Meaning |
| --- | --- | --- | --- |
`;

/** The page about the rehearsal document, made from the table of its names. */
export function renderFieldsPage(fields: readonly DocumentField[]): string {
  return `${introduction}${fields.map(row).join("\n")}\n`;
}

function row({ path, type, unit = "", isOptional, meaning }: DocumentField): string {
  const name = isOptional ? `*\`${path}\`*` : `\`${path}\``;
  return `| ${name} | ${type} | ${unit} | ${meaning} |`;
}
