# One line per cell of "compare", from lines OPERATION SIZE FIO_NANOS OUR_NANOS, one per round. Values
# are medians of the rounds. A ratio is taken within each round; its median and range are shown.

# Sorts values[1..count] in place; mawk has no sort of its own.
function sort(values, count,    i, j, value) {
  for (i = 2; i <= count; i++) {
    value = values[i]
    for (j = i - 1; j >= 1 && values[j] > value; j--) {
      values[j + 1] = values[j]
    }
    values[j + 1] = value
  }
}

function median(sorted, count) {
  return count % 2 ? sorted[(count + 1) / 2] : (sorted[count / 2] + sorted[count / 2 + 1]) / 2
}

# Bytes of a size such as 4KB or 100MB.
function bytes(size) {
  return size * (size ~ /MB$/ ? 1048576 : 1024)
}

{
  cell = $1 " " $2
  if (!(cell in rounds)) {
    order[++cells] = cell
    size[cell] = $2
  }
  n = ++rounds[cell]
  fio[cell, n] = $3
  ours[cell, n] = $4
}

END {
  printf "%-12s %12s %12s  %-24s %s\n", "", "fio", "file:", "ratio, of the rounds", "goal"
  for (c = 1; c <= cells; c++) {
    cell = order[c]
    n = rounds[cell]
    small = bytes(size[cell]) < 1048576
    for (i = 1; i <= n; i++) {
      f[i] = fio[cell, i]
      o[i] = ours[cell, i]
      # Time for small files, lower is better; throughput for large ones, higher is better.
      ratio[i] = small ? o[i] / f[i] : f[i] / o[i]
    }
    sort(f, n)
    sort(o, n)
    sort(ratio, n)
    middle = median(ratio, n)
    if (small) {
      values = sprintf("%9.2f us %9.2f us", median(f, n) / 1e3, median(o, n) / 1e3)
      goal = "at most 1.30 x the time: " (middle <= 1.3 ? "met" : "missed")
    } else {
      scale = bytes(size[cell]) / 1048576 * 1e9
      values = sprintf("%7.0f MB/s %7.0f MB/s", scale / median(f, n), scale / median(o, n))
      goal = "at least 0.90 x the throughput: " (middle >= 0.9 ? "met" : "missed")
    }
    printf "%-12s %s  %.2f (%.2f to %.2f)%6s %s\n", cell, values, middle, ratio[1], ratio[n], "", goal
  }
}
