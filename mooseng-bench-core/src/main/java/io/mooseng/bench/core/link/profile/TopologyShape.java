package io.mooseng.bench.core.link.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How named nodes are joined by links. */
public enum TopologyShape {
  /** Every node with one in the middle, which is added. */
  STAR,
  /** Every node with every other. */
  MESH,
  /** Each node with the next. */
  CHAIN,
  /**
   * The nodes of the left side with one end of a shared link, those of the right with the other.
   */
  DUMBBELL;

  /** The node in the middle of a star. */
  public static final String HUB = "hub";

  /** The ends of the shared link of a dumbbell. */
  public static final List<String> NECK = List.of("left", "right");

  /** Two nodes that a link joins. */
  record Pair(String from, String to) {

    /** How a file names the link: {@code eu-us}. */
    String label() {
      return from + "-" + to;
    }
  }

  /** The name used in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String labels() {
    return Arrays.stream(values()).map(TopologyShape::label).collect(Collectors.joining(", "));
  }

  static TopologyShape parse(String text) {
    return Arrays.stream(values())
        .filter(candidate -> candidate.label().equals(text))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  /** The names this shape adds to those of the user. */
  List<String> added() {
    return switch (this) {
      case STAR -> List.of(HUB);
      case DUMBBELL -> NECK;
      case MESH, CHAIN -> List.of();
    };
  }

  /**
   * The pairs that are joined.
   *
   * @param left the nodes; of a dumbbell those of its left side
   * @param right the right side of a dumbbell, else empty
   */
  List<Pair> pairs(List<String> left, List<String> right) {
    List<Pair> pairs = new ArrayList<>();
    switch (this) {
      case STAR -> left.forEach(node -> pairs.add(new Pair(node, HUB)));
      case MESH -> {
        for (int i = 0; i < left.size(); i++) {
          for (String other : left.subList(i + 1, left.size())) {
            pairs.add(new Pair(left.get(i), other));
          }
        }
      }
      case CHAIN -> {
        for (int i = 1; i < left.size(); i++) {
          pairs.add(new Pair(left.get(i - 1), left.get(i)));
        }
      }
      case DUMBBELL -> {
        left.forEach(node -> pairs.add(new Pair(node, NECK.get(0))));
        pairs.add(new Pair(NECK.get(0), NECK.get(1)));
        right.forEach(node -> pairs.add(new Pair(NECK.get(1), node)));
      }
    }
    return pairs;
  }
}
