/**
 * A part of the init container's script, which sets `cpus` and `directory`: finds the task's cores,
 * and makes the tool that puts it on them. The core set's number is the service's; which cores that
 * means is found on the node, so that it holds on any instance type:
 *
 * 1. Whole cores, with all of their threads, by their lowest CPU's number. The first ones are kept.
 * 2. Each NUMA node's cores make as many sets as fit in it; numbers go round the NUMA nodes, so that
 *    a node that isn't full is used evenly.
 * 3. What is left of the NUMA nodes makes the last sets, of cores of more than one.
 *
 * No failure stops the task: routing matters more than where it runs.
 *
 * The routed image need not have `taskset`: the init image's BusyBox goes into the task's volume,
 * with the loader and libraries that it has itself mapped, if it isn't static.
 */
export const CORE_SET_SCRIPT = `# Which cores are the task's own?
warn() { say "WARNING: $*; the task runs on any CPU of its node, within its quota" >&2; }
cores() {
  number=$1
  set --
  for file in "$ROUTED_SYSFS"/devices/system/node/node[0-9]*/cpulist \\
    "$ROUTED_SYSFS"/devices/system/cpu/cpu[0-9]*/topology/thread_siblings_list; do
    [ ! -r "$file" ] || set -- "$@" "$file"
  done
  awk -v number="$number" -v vcpus="$ROUTED_TASK_VCPUS" -v reserved="$ROUTED_RESERVED_VCPUS" '
    function expand(list, cpus,  ranges, ends, count, i, cpu, last) {
      last = split(list, ranges, ",")
      for (i = 1; i <= last; i++) {
        if (split(ranges[i], ends, "-") == 1) ends[2] = ends[1]
        for (cpu = ends[1] + 0; cpu <= ends[2] + 0; cpu++) cpus[++count] = cpu
      }
      return count + 0
    }
    function take(core) {
      chosen = chosen (chosen == "" ? "" : ",") threads[core]
      if (!(numa[core] in used)) { used[numa[core]] = 1; on = on (on == "" ? "" : " and ") numa[core] }
    }
    FILENAME ~ /cpulist$/ {
      node = FILENAME
      gsub(/.*\\/node\\/|\\/cpulist/, "", node)
      last = expand($0, cpus)
      for (i = 1; i <= last; i++) numa[cpus[i]] = node
      next
    }
    {
      width = expand($0, cpus)
      if (!(cpus[1] in threads)) { threads[cpus[1]] = $0; if (cpus[1] > highest) highest = cpus[1] }
    }
    END {
      if (!width) exit
      size = int((vcpus + width - 1) / width)
      for (cpu = 0; cpu <= highest; cpu++) {
        if (!(cpu in threads)) continue
        if (kept < reserved) { kept += width; continue }
        if (!(cpu in numa)) numa[cpu] = "node0"
        if (!(numa[cpu] in count)) nodes[++many] = numa[cpu]
        own[numa[cpu], count[numa[cpu]]++] = cpu
      }
      for (round = 1; ; round++) {
        found = 0
        for (n = 1; n <= many; n++) if (count[nodes[n]] >= round * size) {
          found = 1
          if (sets++ == number) for (i = 0; i < size; i++) take(own[nodes[n], (round - 1) * size + i])
        }
        if (!found) break
      }
      for (n = 1; n <= many; n++) {
        for (i = int(count[nodes[n]] / size) * size; i < count[nodes[n]]; i++) rest[left++] = own[nodes[n], i]
      }
      first = (number - sets) * size
      if (first >= 0 && first + size <= left) for (i = 0; i < size; i++) take(rest[first + i])
      sets += int(left / size)
      print chosen == "" ? "- " sets : chosen " " on
    }' "$@" /dev/null
}
pinner() {
  umask 022
  busybox cp /proc/self/exe "$directory/busybox" 2> /dev/null || return 1
  loader=
  libraries=$(busybox sed -n 's/.* \\(\\/[^ ]*\\.so[^ ]*\\)$/\\1/p' /proc/self/maps | sort -u) || return 1
  for file in $libraries; do
    cp "$file" "$directory/" || return 1
    case $file in */ld-*) loader="$directory/$(basename "$file") --library-path $directory" ;; esac
  done
  echo "exec $loader $directory/busybox taskset \\"\\$@\\"" > "$directory/taskset"
}
directory=$(dirname "$ROUTED_ENVIRONMENT_FILE")
cpus=
set=$(tag routed:core-set)
case $set in
  "") warn "the task has no tag routed:core-set" ;;
  *[!0-9]* | ?????*) warn "the tag routed:core-set must be a core set's number, got '$set'" ;;
  *)
    found=$(cores "$set") || found=
    where=$(echo "$found" | sed 's/^[^ ]* //')
    case $found in
      "") warn "the CPUs of the node can't be read below $ROUTED_SYSFS" ;;
      "-"*) warn "core set $set is none of the $where that the node has" ;;
      *)
        cpus=$(echo "$found" | sed 's/ .*//')
        if ! pinner; then
          warn "BusyBox can't be put into $directory"
          cpus=
        elif ! sh "$directory/taskset" -p -c "$cpus" $$ > /dev/null; then
          warn "the task can't be put on CPUs $cpus"
          cpus=
        else
          say "core set $set is CPUs $cpus of $where"
        fi
        ;;
    esac
    ;;
esac
`;
