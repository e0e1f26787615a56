package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.machine.ceiling.Judgement;
import io.mooseng.bench.core.machine.ceiling.Measured;
import io.mooseng.bench.core.machine.ceiling.PlacedCeilings;
import io.mooseng.bench.core.machine.ceiling.Plausibility;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Tells a finished row's place in the machine, so that it can be held against its ceilings. */
public final class RowJudge {

  private static final String CLIENTS = "clients";
  private static final String IN_FLIGHT = "inFlight";
  private static final double NANOS_PER_MILLI = 1e6;

  private final PlacedCeilings ceilings;
  private final RunSettings settings;
  private final OptionalInt threads;

  /**
   * @param ceilings as measured in this run, where the data of each target lies
   * @param threads client threads of a fork, if the user decided
   */
  public RowJudge(PlacedCeilings ceilings, RunSettings settings, OptionalInt threads) {
    this.ceilings = ceilings;
    this.settings = settings;
    this.threads = threads;
  }

  /** The row with a verdict, or as it was if there is nothing to hold it against. */
  public ResultRecord judge(Cell cell, ResultRecord row) {
    Optional<ResolvedTarget> target = cell.target();
    if (target.isEmpty() || target.get().fidelity() == Fidelity.SIMULATED) {
      return row;
    }
    Plausibility plausibility =
        new Plausibility(
            ceilings.of(target.get().label()), Runtime.getRuntime().availableProcessors());
    Judgement judgement = plausibility.judge(measured(cell, target.get(), row));
    if (judgement.verdict() == Judgement.Verdict.NOT_JUDGED) {
      return row;
    }
    return row.withPlausibility(
        new io.mooseng.bench.core.result.Plausibility(
            judgement.ceiling(),
            judgement.ratio().orElseThrow(),
            io.mooseng.bench.core.result.Plausibility.Verdict.valueOf(judgement.verdict().name())));
  }

  private Measured measured(Cell cell, ResolvedTarget target, ResultRecord row) {
    OperationKind kind = cell.benchmark().kind();
    Optional<Double> rtt = row.network().rttMinMillis();
    return new Measured(
        Measured.Operation.valueOf(kind.name()),
        path(target, rtt.isPresent()),
        medium(cell, target),
        streams(cell),
        optional(row.valueOrNull(Metrics.BANDWIDTH)),
        optional(row.valueOrNull(Metrics.LATENCY_P50)),
        rtt.filter(millis -> takesRoundTrips(kind, row))
            .map(millis -> OptionalDouble.of(millis * NANOS_PER_MILLI))
            .orElse(OptionalDouble.empty()));
  }

  /** A call that goes on with an open stream, or waits for a deadline, waits for no answer. */
  private static boolean takesRoundTrips(OperationKind kind, ResultRecord row) {
    Double roundTrips = row.valueOrNull(Metrics.ROUND_TRIPS_PER_OPERATION);
    return kind != OperationKind.RPC || roundTrips != null && roundTrips >= 1;
  }

  private static OptionalDouble optional(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Clients are counted per fork; what is in flight otherwise, per thread. */
  private int streams(Cell cell) {
    int loops =
        cell.parameters().containsKey(CLIENTS)
            ? count(cell, CLIENTS)
            : threads.orElse(cell.benchmark().threads());
    return loops * count(cell, IN_FLIGHT);
  }

  private static int count(Cell cell, String parameter) {
    return Integer.parseInt(cell.parameters().getOrDefault(parameter, "1"));
  }

  private static Measured.Path path(ResolvedTarget target, boolean behindRelay) {
    if (behindRelay) {
      return Measured.Path.RELAY;
    }
    return switch (target.fidelity()) {
      case CONTROL -> Measured.Path.MEMORY;
      case EMBEDDED -> Measured.Path.LOOPBACK;
      default -> livePath(target);
    };
  }

  private static Measured.Path livePath(ResolvedTarget target) {
    if (target.hasScheme("file")) {
      return Measured.Path.LOCAL_FILE_SYSTEM;
    }
    URI uri = URI.create(target.uri().orElseThrow());
    try {
      boolean here =
          uri.getHost() != null && InetAddress.getByName(uri.getHost()).isLoopbackAddress();
      return here ? Measured.Path.LOOPBACK : Measured.Path.REMOTE;
    } catch (UnknownHostException e) {
      return Measured.Path.REMOTE;
    }
  }

  /** What a live server does with data is unknown here. */
  private Measured.Medium medium(Cell cell, ResolvedTarget target) {
    if (target.fidelity() == Fidelity.CONTROL || memoryStore(target)) {
      return Measured.Medium.MEMORY;
    }
    boolean ours = target.fidelity() == Fidelity.EMBEDDED || target.hasScheme("file");
    if (!ours) {
      return Measured.Medium.UNKNOWN;
    }
    boolean forced =
        cell.benchmark().kind() == OperationKind.WRITE && cell.fsync().orElse(settings.fsync());
    return forced || cell.readsCold() ? Measured.Medium.DEVICE : Measured.Medium.PAGE_CACHE;
  }

  private boolean memoryStore(ResolvedTarget target) {
    return target.fidelity() == Fidelity.EMBEDDED && settings.storesInMemory();
  }
}
