package io.mooseng.bench.core.link.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTest {

  private static final LinkProfile PROFILE =
      new LinkProfile(
          "p", OneWay.delayed(Duration.ofMillis(1)), OneWay.delayed(Duration.ofMillis(2)), "test");

  private static Topology of(TopologyShape shape, List<String> left, List<String> right) {
    List<String> nodes = new java.util.ArrayList<>(left);
    nodes.addAll(right);
    nodes.addAll(shape.added());
    return new Topology(
        "t",
        shape,
        nodes,
        shape.pairs(left, right).stream()
            .map(pair -> new LinkPath.Hop(pair.from(), pair.to(), PROFILE))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({"STAR, 4, 2", "MESH, 6, 1", "CHAIN, 3, 3", "DUMBBELL, 5, 3"})
  void aShapeDecidesHowManyLinksThereAreAndHowFarTheEndsAreApart(
      TopologyShape shape, int links, int hops) {
    boolean sided = shape == TopologyShape.DUMBBELL;
    Topology topology =
        of(
            shape,
            sided ? List.of("a", "b") : List.of("a", "b", "c", "d"),
            sided ? List.of("c", "d") : List.of());

    assertThat(topology.links()).hasSize(links);
    assertThat(topology.path("a", "d").hops()).hasSize(hops);
  }

  @Test
  void theWayBackSeesEachLinkFromItsOtherEnd() {
    Topology chain = of(TopologyShape.CHAIN, List.of("a", "b", "c"), List.of());

    assertThat(chain.path("a", "c").hops())
        .allSatisfy(hop -> assertThat(hop.profile()).isEqualTo(PROFILE));
    assertThat(chain.path("c", "a").hops())
        .allSatisfy(hop -> assertThat(hop.profile()).isEqualTo(PROFILE.reversed()));
    assertThat(chain.path("c", "a").hops()).extracting(LinkPath.Hop::to).containsExactly("b", "a");
  }

  @Test
  void unknownAndUnconnectedNodesAreRefused() {
    Topology apart = new Topology("t", TopologyShape.CHAIN, List.of("a", "b"), List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> apart.path("a", "b"))
        .withMessage("no way from 'a' to 'b'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> apart.path("a", "x"))
        .withMessage("'x' is not a node; accepted: a, b");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Topology(
                    "t",
                    TopologyShape.CHAIN,
                    List.of("a"),
                    List.of(new LinkPath.Hop("a", "b", PROFILE))));
  }
}
