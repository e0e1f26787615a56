package io.mooseng.bench.file;

import io.mooseng.bench.core.load.LoadShape;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How operations are offered to the target; {@code --rate} and its companions set it. */
@State(Scope.Benchmark)
public class OfferedLoad {

  /** Operations per second, or a search: {@code max(p99<20ms)}. */
  @Param("1000/s")
  public String rate;

  /** How the intended starts lie: {@code constant} or {@code poisson}. */
  @Param("constant")
  public String arrival;

  /** Length of the schedule; at the default rate, just enough operations for p99.9. */
  @Param("10s")
  public String duration;

  /** Most operations under way at once; the others wait, and their response time grows. */
  @Param("100")
  public int inFlight;

  /** A schedule pays for its own garbage, not for that of the set-up and of the warm-up. */
  @Setup(Level.Iteration)
  public void collectGarbage() {
    System.gc();
  }

  LoadShape shape() {
    return LoadShape.parse(rate, arrival, duration, inFlight);
  }
}
