#!/bin/bash
# Starts Flink in the foreground, for the stand-in image alone; as taskmanager.sh a TaskManager, else a JobManager with a job.
#   standalone-job.sh start-foreground --job-classname CLASS [-Dkey=value…] [-- ARGUMENT…]
#   taskmanager.sh start-foreground [-Dkey=value…]
set -euo pipefail
[ "${1:-}" = start-foreground ] || { echo "usage: $0 start-foreground [option…]" >&2; exit 2; }
shift
conf=${FLINK_CONF_DIR:-/opt/flink/conf}
case $0 in
  *taskmanager.sh) main=org.apache.flink.runtime.taskexecutor.TaskManagerRunner resources=GET_TM_RESOURCE_PARAMS ;;
  *) main=standin.StandaloneApplication resources=GET_JM_RESOURCE_PARAMS ;;
esac
cd /opt/flink
quick='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
# shellcheck disable=SC2086 # options are several words on purpose
mapfile -t computed < <(java $quick -cp 'lib/*' org.apache.flink.runtime.util.bash.BashJavaUtils "$resources" --configDir "$conf" "$@" |
  sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p')
opened=$(sed -n 's/^env.java.opts.all: *//p' "$conf/config.yaml")
# The first line is options of the JVM, the second Flink's own, which go before the arguments of the job.
# shellcheck disable=SC2086
exec java $opened ${computed[0]} -XX:+UseSerialGC -Dlog4j.configurationFile="$conf/log4j-console.properties" -cp 'lib/*' "$main" \
  --configDir "$conf" ${computed[1]:-} "$@"
