"""Recovers a server from EC2 elsewhere, brings it back by reversing replication, and protects it again.

Arguments: the Region that the server came from, and the one that it is recovered in.
"""

import sys

from emulated import client, let_pass, report

HOME, AWAY = sys.argv[1], sys.argv[2]
home, away = client("drs", region_name=HOME), client("drs", region_name=AWAY)


def launched(drs, server_id):
    """The recovery instance that a whole launch made of the server."""
    started = drs.start_recovery(sourceServers=[{"sourceServerID": server_id}])["job"]
    while True:
        job = drs.describe_jobs(filters={"jobIDs": [started["jobID"]]})["items"][0]
        if job["status"] == "COMPLETED":
            break
        let_pass(120)
    assert [one["launchStatus"] for one in job["participatingServers"]] == ["LAUNCHED"], job
    return drs.describe_recovery_instances(filters={"sourceServerIDs": [server_id]})["items"][0]


def server(drs, server_id):
    found = drs.describe_source_servers(filters={"sourceServerIDs": [server_id]})["items"]
    return found[0]


def reversed_server(drs, instance):
    answer = drs.reverse_replication(recoveryInstanceID=instance["recoveryInstanceID"])
    return answer["reversedDirectionSourceServerArn"]


def synced(drs, server_id):
    """Waits for the full copy; how often it looked."""
    states = []
    while True:
        info = server(drs, server_id)["dataReplicationInfo"]
        if not states or states[-1] != info["dataReplicationState"]:
            states.append(info["dataReplicationState"])
        if states[-1] == "CONTINUOUS":
            return states
        let_pass(300)


def failback(drs, instance):
    ids = {"recoveryInstanceIDs": [instance["recoveryInstanceID"]]}
    return drs.describe_recovery_instances(filters=ids)["items"][0]["failback"]["state"]


first = next(one for one in away.describe_source_servers()["items"])
properties = first["sourceProperties"]
recovered = launched(away, first["sourceServerID"])
states = [failback(away, recovered)]

arn = reversed_server(away, recovered)
mirror = arn.split("/")[-1]
states.append(failback(away, recovered))
copied = synced(home, mirror)
states.append(failback(away, recovered))
direction = server(home, mirror)["replicationDirection"]

failed_back = launched(home, mirror)
states.append(failback(away, recovered))

# The recovered instance may end only once nothing replicates it any more.
home.stop_replication(sourceServerID=mirror)
ended = away.terminate_recovery_instances(recoveryInstanceIDs=[recovered["recoveryInstanceID"]])
let_pass(600)

again = reversed_server(home, failed_back)
protected = synced(away, again.split("/")[-1])

report(
    {
        "hostname": properties["identificationHints"]["hostname"],
        "instance": properties["identificationHints"]["awsInstanceID"],
        "disks": [[one["deviceName"], one["bytes"] // 2**30] for one in properties["disks"]],
        "system": properties["os"]["fullString"],
        "ramGibibytes": properties["ramBytes"] // 2**30,
        "origin": first["sourceCloudProperties"],
        "mirror": [arn.rsplit("/", 1)[0], direction],
        "failback": states,
        "copied": copied,
        "ended": ended["job"]["type"],
        "protected": [again == first["arn"], protected[-1]],
        "left": len(away.describe_recovery_instances(filters={})["items"]),
    }
)
