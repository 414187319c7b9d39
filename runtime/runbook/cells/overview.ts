import { duration } from "../../report/wording.js";
import type { Section, Table } from "../model.js";
import type { CellOutputs } from "../outputs/cell.js";
import { furtherTable, rpoTable, rtoInWords, rtoTable } from "./objectives.js";

/** What stands in a cell, where, and what it promises. */
export function cellOverview(cell: CellOutputs): Section {
  const { name, account, residency, strategy, objectives } = cell;
  return {
    id: `cell-${name}`,
    title: `Cell ${name}: what there is`,
    about: [
      `Account ${account}. ${whereItRuns(cell)} Strategy: ${strategy}. The data stays in the zone ${residency}.`,
      `Promised: an RTO of ${duration(objectives.rtoMinutes * 60)} and an RPO of ${duration(objectives.rpoSeconds)}. ${rtoInWords(cell)}`,
    ],
    variables: [],
    tables: [rtoTable(cell), rpoTable(cell), furtherTable(cell), partsTable(cell)],
    steps: [],
  };
}

function whereItRuns({ regions: { primary, recovery }, traffic }: CellOutputs): string {
  return traffic?.routing === "latency"
    ? `Clients are served in ${primary} and ${recovery}; what has one writer writes in ${primary}, and in ${recovery} when that is lost.`
    : `Production is planned for ${primary}, and for ${recovery} when that is lost.`;
}

/** Every part by its real name in either Region. */
function partsTable(cell: CellOutputs): Table {
  const { regions, traffic } = cell;
  const same = (what: string, name: string): readonly string[] => [what, name, name];
  return {
    heading: "What stands where",
    columns: ["what", regions.primary, regions.recovery],
    rows: [
      ...cell.services.map(({ name, primary, recovery }) => [
        `service ${name}`,
        primary.loadBalancerDnsName,
        recovery?.loadBalancerDnsName ?? "nothing",
      ]),
      ...cell.clusters.map(({ name, primary, recovery }) => [
        `cluster ${name}`,
        primary.clusterName,
        recovery.clusterName,
      ]),
      ...cell.auroraDatabases.flatMap(
        ({ name, globalClusterIdentifier, writerEndpoint, members }) => [
          same(`global database ${name}`, globalClusterIdentifier),
          same(`writer of ${name}`, writerEndpoint),
          [`members of ${name}`, members.primary.clusterArn, members.recovery.clusterArn],
        ],
      ),
      ...cell.replicatedDatabases.map(({ name, instances }) => [
        `database ${name}`,
        `${instances.primary.identifier} at ${instances.primary.address}`,
        `${instances.recovery.identifier} at ${instances.recovery.address}`,
      ]),
      ...cell.caches.map(({ name, members }) => [
        `cache ${name}`,
        members.primary.configurationEndpoint,
        members.recovery.configurationEndpoint,
      ]),
      ...cell.tables.map(({ name, tableName, restored }) =>
        restored === undefined
          ? same(`table ${name}`, tableName)
          : [`table ${name}`, tableName, `${tableName}, once it is restored`],
      ),
      ...cell.buckets.map(({ name, bucketNames }) => [
        `bucket ${name}`,
        bucketNames.primary,
        bucketNames.recovery,
      ]),
      ...cell.queues.map(({ name, queueUrls }) => [
        `queue ${name}`,
        queueUrls.primary,
        queueUrls.recovery,
      ]),
      ...cell.secrets.map(({ name, secretName }) => same(`secret ${name}`, secretName)),
      ...cell.repositories.map((repository) => same("images", repository)),
      ...(cell.backupVault === undefined ? [] : [same("vault of backups", cell.backupVault)]),
      ["topic of alarms", cell.topicArns.primary, cell.topicArns.recovery],
      ...(traffic?.records ?? []).map(({ name, service }) => same(`name of ${service}`, name)),
    ],
  };
}
