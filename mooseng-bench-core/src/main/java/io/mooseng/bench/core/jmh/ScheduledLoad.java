package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.load.LoadOutcome;
import io.mooseng.bench.core.load.LoadShape;
import io.mooseng.bench.core.load.OpenLoop;
import io.mooseng.bench.core.load.RateChoice;
import io.mooseng.bench.core.load.RateSearch;
import io.mooseng.bench.core.load.ScheduledOperations;
import io.mooseng.bench.core.load.ThreadPacing;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.model.Rate;
import java.time.Duration;

/** Offers operations in the shape a row asks for, and notes what became of them. */
final class ScheduledLoad {

  private final TargetSession session;
  private final ForkContext context;
  private final LoadShape shape;
  private final OpenLoop loop;

  ScheduledLoad(TargetSession session, ForkContext context, LoadShape shape) {
    this.session = session;
    this.context = context;
    this.shape = shape;
    this.loop = new OpenLoop(new ThreadPacing(), shape.inFlight());
  }

  void offer(ScheduledOperations operations) throws InterruptedException {
    Duration length = shape.length().duration();
    if (shape.rate() instanceof RateChoice.Fixed fixed) {
      session.note(run(fixed.rate(), length, operations));
    } else if (shape.rate() instanceof RateChoice.Highest highest) {
      if (session.warmingUp()) {
        run(RateSearch.START, length, operations);
      } else {
        search(highest, operations);
      }
    }
  }

  private LoadOutcome run(Rate rate, Duration length, ScheduledOperations operations)
      throws InterruptedException {
    operations.scheduleBegins();
    LoadOutcome outcome =
        loop.run(shape.schedule(rate, length, context.seed()).arrivals(), length, operations);
    if (outcome.scheduled() == 0) {
      throw session.failed(
          FailureKind.INVALID,
          "a schedule of %s at %s has no operation; accepted: a longer one, or a higher rate"
              .formatted(shape.length(), rate));
    }
    return outcome;
  }

  private void search(RateChoice.Highest highest, ScheduledOperations operations)
      throws InterruptedException {
    RateSearch.Result result =
        new RateSearch(
                highest.objective(),
                shape.length().duration(),
                (rate, length) -> probe(rate, length, operations),
                line -> ProgressOutput.tell(ProgressOutput.PREPARING + line))
            .run();
    session.note(result.confirmation());
    result.rate().ifPresent(rate -> session.note(Quantity.MAX_RATE, rate.operationsPerSecond()));
    result.remark().ifPresent(session::warn);
  }

  private RateSearch.Probe probe(Rate rate, Duration length, ScheduledOperations operations)
      throws InterruptedException {
    context.recorder().reset();
    LoadOutcome outcome = run(rate, length, operations);
    RecordedInterval recorded = context.recorder().soFar();
    return new RateSearch.Probe(outcome, recorded.responsesNanos(), recorded.failureCount());
  }
}
