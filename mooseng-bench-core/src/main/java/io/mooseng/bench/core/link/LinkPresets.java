package io.mooseng.bench.core.link;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Named profiles with published round-trip times: three AWS regions whose pairs span 70 to 180 ms.
 *
 * <p>The published numbers are averages of round trips; a split into equal halves is assumed. An
 * average hides the tail, and today's values are likely to be some milliseconds lower.
 */
public final class LinkPresets {

  private static final String SOURCE =
      "average RTT, table \"Latency Between AWS Global Regions\", 2017-04, "
          + "acomputerscientistlearnsaws.blogspot.com/2017/04/aws-regions.html; split evenly";

  /** Virginia to Northern California, 72.7 ms. */
  public static final LinkProfile US_EAST_1_US_WEST_1 = aws("us-east-1:us-west-1", 72_700);

  /** Northern California to Seoul, 131.5 ms. */
  public static final LinkProfile US_WEST_1_AP_NORTHEAST_2 =
      aws("us-west-1:ap-northeast-2", 131_500);

  /** Virginia to Seoul, 178.4 ms. */
  public static final LinkProfile US_EAST_1_AP_NORTHEAST_2 =
      aws("us-east-1:ap-northeast-2", 178_400);

  private LinkPresets() {}

  private static LinkProfile aws(String name, long rttMicros) {
    return LinkProfile.symmetric(name, Duration.ofNanos(rttMicros * 1_000), SOURCE);
  }

  /** Every preset, shortest round trip first. */
  public static List<LinkProfile> all() {
    return List.of(US_EAST_1_US_WEST_1, US_WEST_1_AP_NORTHEAST_2, US_EAST_1_AP_NORTHEAST_2);
  }

  /**
   * The preset called {@code name}.
   *
   * @throws IllegalArgumentException naming what is accepted
   */
  public static LinkProfile byName(String name) {
    return all().stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + name + "' is not a link preset; accepted: " + names()));
  }

  private static String names() {
    return all().stream().map(LinkProfile::name).collect(Collectors.joining(", "));
  }
}
