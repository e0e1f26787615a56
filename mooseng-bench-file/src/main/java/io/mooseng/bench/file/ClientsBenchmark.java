package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How do throughput and latency change with the number of clients, and does each client get its
 * share?
 *
 * <p>Over gRPC every client has connections and a session of its own, opened during set-up. Each is
 * a closed loop: {@code inFlight} operations of it are under way, and the next starts when one of
 * them has ended, in the thread that ended it. All clients share one event loop per processor, so
 * that 500 of them need no 500 threads. A file system target has no clients to tell apart: there a
 * thread is used for each operation that is under way. Writes block, on every target: each client
 * has a thread for each of its own.
 *
 * <p>Every write makes a new file, in a directory that each client has for itself, and ends when
 * the target has acknowledged the data. Files are removed after each iteration; before that, the
 * one that each client wrote last is compared with what it should hold, and a difference fails the
 * row. Once {@value WritingClients#KEPT_MEGABYTES} MB or {@value NewFiles#MOST_FILES} files of an
 * iteration are there, or one for each write under way if these are more, each client removes an
 * old one before it writes another: outside of the recorded latency, but inside JMH's own score and
 * the throughput. What it cannot remove stays until the iteration has ended, and the row has a
 * warning.
 *
 * <p>{@code clients.fairness} is Jain's index of the operations that each client got done in an
 * iteration, {@code clients.slowest} and {@code clients.fastest} are those of one client divided by
 * the average. A client whose operations fail goes on at once. JMH's score counts operations taken,
 * of which at most twice as many as are under way at once, or those of about a millisecond (of
 * writes, of 20 ms and at most 512), end after the iteration; they are waited for and recorded. But
 * of writes that were not begun after another second, for the target has become slow, no more than
 * {@code clients} x {@code inFlight} are waited for: JMH's score counts the others, nothing else
 * does, and the row has a warning.
 *
 * <p>Does not measure latency at a fixed arrival rate (a closed loop slows down with its target),
 * nor several client machines: the clients share the processors of one JVM.
 */
@Measures(OperationKind.READ)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ClientsBenchmark {

  /** Clients, in all threads of JMH together. */
  @Param({"1", "5", "10", "25", "50", "100", "250", "500"})
  public int clients;

  /** Operations of each client under way at once. */
  @Param("1")
  public int inFlight;

  /** Size of each file. The default is small enough that the cost of an operation dominates. */
  @Param("4KB")
  public String size;

  @Benchmark
  public void read(ReadingClients readers) throws InterruptedException {
    readers.pool().read();
  }

  @Benchmark
  @Measures(OperationKind.METADATA)
  public void stat(ReadingClients readers) throws InterruptedException {
    readers.pool().stat();
  }

  @Benchmark
  @Measures(value = OperationKind.WRITE, concurrent = true)
  public void write(WritingClients writers) throws InterruptedException {
    writers.threads().perform();
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(ClientsBenchmark.class, args);
  }
}
