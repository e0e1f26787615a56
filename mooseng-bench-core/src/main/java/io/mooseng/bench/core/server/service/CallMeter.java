package io.mooseng.bench.core.server.service;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.mooseng.bench.core.model.ServerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts the calls of a server and how long they take, from the arrival of their headers to their
 * end, by a clock that does not jump. Safe for use by any number of threads.
 */
public final class CallMeter extends ServerStreamTracer.Factory {

  private static final int LEAST_POWER = -5;
  private static final int GREATEST_POWER = 2;
  private static final double NANOS_PER_SECOND = 1e9;

  /** Upper bounds in seconds: 1, 2 and 5 in each power of ten, from 10 us to 100 s. */
  private static final List<Double> BOUNDS = bounds();

  private static final class Method {
    private final LongAdder[] counts = new LongAdder[BOUNDS.size() + 1];
    private final LongAdder nanos = new LongAdder();
    private final Map<String, LongAdder> codes = new ConcurrentHashMap<>();

    Method() {
      for (int i = 0; i < counts.length; i++) {
        counts[i] = new LongAdder();
      }
    }
  }

  private final LongSupplier nanoTime;
  private final Map<String, Method> methods = new ConcurrentSkipListMap<>();

  /** On the clock of this machine. */
  public CallMeter() {
    this(System::nanoTime);
  }

  CallMeter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    Method method = methods.computeIfAbsent(fullMethodName, name -> new Method());
    long start = nanoTime.getAsLong();
    return new ServerStreamTracer() {
      @Override
      public void streamClosed(Status status) {
        record(method, nanoTime.getAsLong() - start, status);
      }
    };
  }

  private static void record(Method method, long nanos, Status status) {
    double seconds = nanos / NANOS_PER_SECOND;
    int bucket = 0;
    while (bucket < BOUNDS.size() && seconds > BOUNDS.get(bucket)) {
      bucket++;
    }
    method.counts[bucket].increment();
    method.nanos.add(nanos);
    method.codes.computeIfAbsent(status.getCode().name(), code -> new LongAdder()).increment();
  }

  /** What has been counted so far. */
  public List<ServerState.Calls> calls() {
    List<ServerState.Calls> calls = new ArrayList<>();
    methods.forEach(
        (name, method) -> {
          List<Long> counts = new ArrayList<>();
          for (LongAdder count : method.counts) {
            counts.add(count.sum());
          }
          Map<String, Long> codes = new TreeMap<>();
          method.codes.forEach((code, count) -> codes.put(code, count.sum()));
          calls.add(
              new ServerState.Calls(
                  name, BOUNDS, counts, method.nanos.sum() / NANOS_PER_SECOND, codes));
        });
    return calls;
  }

  private static List<Double> bounds() {
    List<Double> bounds = new ArrayList<>();
    for (int power = LEAST_POWER; power < GREATEST_POWER; power++) {
      for (int step : new int[] {1, 2, 5}) {
        bounds.add(Double.parseDouble(step + "e" + power));
      }
    }
    bounds.add(Double.parseDouble("1e" + GREATEST_POWER));
    return List.copyOf(bounds);
  }
}
