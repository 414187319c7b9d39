import type { Path } from "../path.js";
import type { Finding } from "../problem.js";
import type { CellDeclaration } from "../schema.js";
import type { Part } from "../sound.js";
import { repeated } from "./duplicates.js";
import { unknown } from "./references.js";

/** Names within a cell that nothing bears, or that two things bear. */
export function cellReferences(cell: Part<CellDeclaration>): readonly Finding[] {
  return [...twice(cell), ...images(cell), ...clients(cell), ...secrets(cell), ...records(cell)];
}

/** What runs shares one list of names, because databases call their clients by it; stores have one each. */
function twice({ at, value }: Part<CellDeclaration>): readonly Finding[] {
  const named = (key: NamedList) =>
    value[key].map(({ name }, index) => ({ at: [...at, key, index, "name"], value: name }));
  const remedy = "Give each a name of its own.";
  return [
    ...repeated([...named("services"), ...named("clusters")], remedy),
    ...repeated([...named("auroraDatabases"), ...named("replicatedDatabases")], remedy),
    ...(["caches", "tables", "buckets", "queues", "secrets"] as const).flatMap((key) =>
      repeated(named(key), remedy),
    ),
  ];
}

type NamedList =
  | "services"
  | "clusters"
  | "auroraDatabases"
  | "replicatedDatabases"
  | "caches"
  | "tables"
  | "buckets"
  | "queues"
  | "secrets";

function images({ at, value }: Part<CellDeclaration>): readonly Finding[] {
  const repositories = value.images?.repositories ?? [];
  return value.services.flatMap(({ repository }, index) =>
    unknown(
      [...at, "services", index, "repository"],
      repository,
      repositories,
      "a repository of the cell's images",
      "under images.repositories",
    ),
  );
}

const withClients = ["auroraDatabases", "replicatedDatabases", "caches"] as const;

function clients({ at, value }: Part<CellDeclaration>): readonly Finding[] {
  const known = [...value.services, ...value.clusters].map(({ name }) => name);
  return withClients.flatMap((key) =>
    value[key].flatMap((store, index) =>
      store.clients.flatMap((client, which) =>
        unknown(
          [...at, key, index, "clients", which],
          client,
          known,
          "a service or cluster of the cell",
          "under services or clusters",
        ),
      ),
    ),
  );
}

function secrets({ at, value }: Part<CellDeclaration>): readonly Finding[] {
  const known = value.secrets.map(({ name }) => name);
  return (["auroraDatabases", "replicatedDatabases"] as const).flatMap((key) =>
    value[key].flatMap(({ secret }, index) =>
      unknown(
        [...at, key, index, "secret"],
        secret,
        known,
        "a secret of the cell",
        "under secrets",
      ),
    ),
  );
}

/** A public name leads to a service that both Regions run. */
function records({ at, value }: Part<CellDeclaration>): readonly Finding[] {
  const inBoth = value.services.filter(({ tasks }) => tasks.recovery !== undefined);
  return (value.traffic?.records ?? []).flatMap(({ service }, index) => {
    const path: Path = [...at, "traffic", "records", index, "service"];
    const known = inBoth.map(({ name }) => name);
    return unknown(path, service, known, "a service of both Regions", "under services");
  });
}
