package io.mooseng.bench.file;

import io.mooseng.bench.core.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What JMH does with several threads: committers that begin each commit at the same moment. */
@State(Scope.Benchmark)
public class ContendedCommits {

  static final int COMMITTERS = 4;

  private final CyclicBarrier start = new CyclicBarrier(COMMITTERS);
  private final ExecutorService threads = Executors.newFixedThreadPool(COMMITTERS);
  private final List<MultiFileCommitBenchmark.Committer> committers = new ArrayList<>();

  @Setup(Level.Trial)
  public void join(Clients clients) {
    while (committers.size() < COMMITTERS) {
      MultiFileCommitBenchmark.Committer committer = new MultiFileCommitBenchmark.Committer();
      committer.join(clients);
      committers.add(committer);
    }
  }

  @TearDown(Level.Trial)
  public void end() {
    threads.shutdownNow();
  }

  /** One commit of each. */
  public void commit(MultiFileCommitBenchmark commits) throws Exception {
    List<Future<Outcome<Optional<Long>>>> outcomes = new ArrayList<>();
    for (MultiFileCommitBenchmark.Committer committer : committers) {
      outcomes.add(
          threads.submit(
              () -> {
                start.await();
                return commits.commit(committer);
              }));
    }
    for (Future<Outcome<Optional<Long>>> outcome : outcomes) {
      outcome.get().orElseThrow();
    }
  }
}
