package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;

/** Shares as people write them: {@code 3%} or {@code 0.03}. */
final class Share implements ITypeConverter<Double> {

  private static final String ACCEPTED = "accepted: above 0% and below 100%, such as 3% or 0.03";

  /** For picocli. */
  @Override
  public Double convert(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new picocli.CommandLine.TypeConversionException(text + ": " + ACCEPTED);
    }
  }

  /**
   * @throws ConfigurationException naming the option, the value and what is accepted
   */
  static double parse(String option, String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(option + " " + text + ": " + ACCEPTED);
    }
  }

  private static double parse(String text) {
    String number = text.strip();
    boolean percent = number.endsWith("%");
    BigDecimal value =
        new BigDecimal(percent ? number.substring(0, number.length() - 1).strip() : number);
    double share = percent ? value.movePointLeft(2).doubleValue() : value.doubleValue();
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(text);
    }
    return share;
  }
}
