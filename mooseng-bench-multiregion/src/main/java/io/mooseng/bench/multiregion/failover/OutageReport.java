package io.mooseng.bench.multiregion.failover;

import io.mooseng.bench.core.model.Quantity;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The parts of an outage as quantities of a result.
 *
 * @param values what was seen; times in nanoseconds
 */
public record OutageReport(Map<Quantity, Double> values) {
  public OutageReport {
    values = Map.copyOf(values);
  }

  static OutageReport of(Outage outage) {
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    put(values, Quantity.FAULT_DETECTION, outage.detection());
    put(values, Quantity.ELECTION_GAP, outage.election());
    put(values, Quantity.CATCH_UP, outage.catchUp());
    values.put(Quantity.WRITE_GAP, (double) outage.writeGap());
    values.put(Quantity.READ_GAP, (double) outage.readGap());
    values.put(Quantity.LOST_WRITES, (double) outage.lost());
    values.put(Quantity.DUPLICATED_WRITES, (double) outage.duplicated());
    values.put(Quantity.UNKNOWN_OUTCOMES, (double) outage.unknown());
    return new OutageReport(values);
  }

  private static void put(Map<Quantity, Double> values, Quantity quantity, OptionalLong nanos) {
    nanos.ifPresent(value -> values.put(quantity, (double) value));
  }
}
