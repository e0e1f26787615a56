package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkBackends;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.proof.Effort;
import io.mooseng.bench.core.link.proof.LinkExpectation;
import io.mooseng.bench.core.link.proof.LinkMeasurement;
import io.mooseng.bench.core.link.proof.LinkProof;
import io.mooseng.bench.core.link.proof.LossCount;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How accurate the backends are on this machine: each profile with each backend, what was asked
 * beside what was measured, and the same transfer over all of them.
 */
final class AccuracyReport {

  private static final long TRANSFER_BYTES = 8L << 20;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double BITS_PER_MBIT = 1e6;
  private static final long SEED = 1;
  private static final String ROW = "%-19s %-6s %16s %16s %13s %20s %20s  %s%n";

  private final LinkBackends backends;
  private final PrintStream out;
  private final PrintStream err;

  AccuracyReport(LinkBackends backends, PrintStream out, PrintStream err) {
    this.backends = backends;
    this.out = out;
    this.err = err;
  }

  /**
   * Measures and prints.
   *
   * @return whether every link was as it was asked to be
   */
  boolean print(List<LinkPath> paths) {
    out.printf(
        ROW,
        "profile",
        "",
        "RTT p50 ms",
        "RTT p99 ms",
        "quartiles ms",
        "rate out/in Mbit/s",
        "loss out/in %",
        "");
    boolean accurate = true;
    Map<LinkPath, Map<String, String>> transfers = new LinkedHashMap<>();
    for (LinkPath path : paths) {
      asked(path);
      Map<String, String> row = new LinkedHashMap<>();
      transfers.put(path, row);
      for (LinkBackend backend : backends.all()) {
        Optional<String> why = whyNot(backend, path);
        if (why.isPresent()) {
          out.printf(Locale.ROOT, "%-19s %-6s %s%n", "", backend.name(), why.get());
        } else {
          accurate &= measured(path, backend, row);
        }
      }
    }
    transfers(transfers);
    return accurate;
  }

  private Optional<String> whyNot(LinkBackend backend, LinkPath path) {
    return path.effects().stream()
        .filter(effect -> !backend.claims().modelled().contains(effect))
        .findFirst()
        .map(effect -> "refused: it does not model " + effect.label())
        .or(() -> backend.obstacle().map(lacks -> "not available: " + lacks.missing()));
  }

  private void asked(LinkPath path) {
    LinkExpectation expected = new LinkExpectation(path, backends.all().get(0).claims());
    out.printf(
        Locale.ROOT,
        ROW,
        path.name(),
        "asked",
        millis(expected.rttNanos(50)),
        millis(expected.rttNanos(99)),
        millis(expected.rttNanos(75) - expected.rttNanos(25)),
        rate(expected.bitsPerSecond(true)) + " / " + rate(expected.bitsPerSecond(false)),
        percent(expected.loss(true)) + " / " + percent(expected.loss(false)),
        "");
  }

  private boolean measured(LinkPath path, LinkBackend backend, Map<String, String> transfers) {
    err.println("measuring " + path.name() + " by " + backend.name());
    try (EmulatedNetwork network = backend.open(new LinkRequest(path, SEED, "accuracy"))) {
      LinkMeasurement measured =
          LinkProof.measure(network, path, backend.claims(), Effort.thorough(path.rtt()));
      List<String> deviations = new LinkExpectation(path, backend.claims()).deviations(measured);
      out.printf(
          Locale.ROOT,
          ROW,
          "",
          backend.name(),
          millis(measured.rttNanos(50)),
          millis(measured.rttNanos(99)),
          millis(measured.rttSpreadNanos()),
          rate(measured.outbound().bitsPerSecond())
              + " / "
              + rate(measured.inbound().bitsPerSecond()),
          loss(measured.outbound().loss()) + " / " + loss(measured.inbound().loss()),
          deviations.isEmpty() ? "as asked" : "NOT AS ASKED");
      deviations.forEach(line -> out.printf(Locale.ROOT, "%-19s %-6s -> %s%n", "", "", line));
      long nanos = LinkProof.transfer(network, TRANSFER_BYTES);
      transfers.put(backend.name(), millis(nanos) + " ms");
      return deviations.isEmpty();
    } catch (IOException e) {
      out.printf(Locale.ROOT, "%-19s %-6s failed: %s%n", "", backend.name(), e.getMessage());
      return false;
    }
  }

  private void transfers(Map<LinkPath, Map<String, String>> transfers) {
    out.printf("%n8 MiB from the server, connect included%n");
    List<String> names = new ArrayList<>(backends.names());
    StringBuilder heading = new StringBuilder(String.format(Locale.ROOT, "%-19s", "profile"));
    names.forEach(name -> heading.append(String.format(Locale.ROOT, " %14s", name)));
    out.println(heading);
    transfers.forEach(
        (path, row) -> {
          StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-19s", path.name()));
          names.forEach(
              name ->
                  line.append(String.format(Locale.ROOT, " %14s", row.getOrDefault(name, "-"))));
          out.println(line);
        });
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.2f", nanos / NANOS_PER_MILLI);
  }

  private static String rate(Optional<Double> bitsPerSecond) {
    return bitsPerSecond
        .map(bits -> String.format(Locale.ROOT, "%.2f", bits / BITS_PER_MBIT))
        .orElse("-");
  }

  private static String percent(double share) {
    return share == 0 ? "0" : String.format(Locale.ROOT, "%.2f", share * 100);
  }

  private static String loss(Optional<LossCount> counted) {
    return counted
        .map(
            loss ->
                String.format(
                    Locale.ROOT,
                    "%.2f [%.2f, %.2f]",
                    loss.share() * 100,
                    loss.lowest() * 100,
                    loss.highest() * 100))
        .orElse("-");
  }
}
