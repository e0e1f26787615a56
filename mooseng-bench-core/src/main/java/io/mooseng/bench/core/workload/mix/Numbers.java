package io.mooseng.bench.core.workload.mix;

import java.math.BigDecimal;

/** Numbers as a person would write them, in every locale. */
final class Numbers {

  private Numbers() {}

  /** {@code 45} rather than {@code 45.0}. */
  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
