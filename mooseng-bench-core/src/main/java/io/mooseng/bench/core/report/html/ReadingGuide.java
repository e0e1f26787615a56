package io.mooseng.bench.core.report.html;

import java.util.List;

/** How the tables and figures are to be read, for somebody who has not read the manual. */
final class ReadingGuide {

  private static final List<String[]> TERMS =
      List.of(
          new String[] {
            "p50, p90, p99, p99.9",
            "Half, 90 %, 99 %, 99.9 % of the successful operations were at least this fast. Taken"
                + " from the histograms of all forks added up, never averaged. - stands where"
                + " fewer than ten samples lie beyond."
          },
          new String[] {
            "op/s, MB/s",
            "Successful operations, and the bytes they moved, per second. 1 MB = 1,048,576 B."
          },
          new String[] {
            "95 %",
            "Half the width of the 95 % confidence interval of op/s between forks, relative to the"
                + " value. Two rows whose values lie closer than this are not told apart by eye."
                + " With one fork there is none: such a row is not for comparison."
          },
          new String[] {
            "fidelity",
            "live: a system that was named. embedded: the server of this project, real sockets and"
                + " a real disk unless its store is in memory. control: in memory, what the harness"
                + " itself costs. simulated: answered by a model, nothing was measured. Never"
                + " compare rows of different fidelity."
          },
          new String[] {
            "network",
            "none: as it is. Otherwise the emulated conditions and what emulates them; what was"
                + " measured to be applied is under Environment."
          },
          new String[] {
            "impossible, suspicious",
            "A value above 1.25 times, or above, what this machine or link was measured to be able"
                + " to do at most. An impossible number is wrong, however good it looks."
          },
          new String[] {
            "Latency by percentile",
            "Each step to the right is ten times rarer: 90 %, 99 %, 99.9 %. A curve that stays flat"
                + " and then rises is fast with a slow tail; two curves that cross are not to be"
                + " summed up by one number. Curves end where fewer than ten samples lie beyond."
          },
          new String[] {
            "How often each latency occurred",
            "Several hills are several kinds of operation, such as answered from a cache or not:"
                + " their average is the latency of none of them."
          },
          new String[] {
            "Ceilings",
            "Dashed red: what this machine was measured to do at most in the same state of caches."
                + " A line close to it is bound by the machine, not by the system under test."
          },
          new String[] {
            "Failed rows",
            "A row fails if it threw, never answered, or if a single operation failed. Failed"
                + " operations never enter latency."
          });

  private ReadingGuide() {}

  static void write(Html html) {
    html.open("dl", "class", "guide");
    for (String[] term : TERMS) {
      html.element("dt", term[0]).element("dd", term[1]).line();
    }
    html.close().line();
  }
}
