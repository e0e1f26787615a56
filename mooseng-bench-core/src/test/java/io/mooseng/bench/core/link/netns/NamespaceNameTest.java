package io.mooseng.bench.core.link.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.process.ProcessIdentities;
import io.mooseng.bench.core.process.ProcessIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceNameTest {

  @Test
  void isReadBackAsItWasWritten() {
    NamespaceName name = NamespaceName.ofThisProcess("a1b2c3", "server-2");

    assertThat(NamespaceName.parse(name.toString())).contains(name);
    assertThat(name.toString()).startsWith("mooseng-bench-a1b2c3-server-2-").hasSizeLessThan(100);
  }

  @Test
  void ofAnEarlierVersionIsReadToo() {
    String text = "mooseng-bench-a1b2c3-client-12@34-00000000";

    assertThat(NamespaceName.parse(text))
        .hasValueSatisfying(name -> assertThat(name.owner()).hasToString("12@34"));
  }

  @Test
  void ofALivingOwnerIsNotAbandoned() {
    assertThat(NamespaceName.ofThisProcess("a1b2c3", "client").isAbandoned()).isFalse();
  }

  @Test
  void ofADeadOwnerIsAbandoned() {
    NamespaceName mine = NamespaceName.ofThisProcess("a1b2c3", "client");
    ProcessIdentity dead = ProcessIdentities.predecessorOf(mine.owner());

    NamespaceName name = new NamespaceName("a1b2c3", "client", dead, mine.space());

    assertThat(name.isAbandoned()).isTrue();
  }

  @Test
  void ofAnOwnerThatCannotBeSeenFromHereIsNot() {
    NamespaceName mine = NamespaceName.ofThisProcess("a1b2c3", "client");
    ProcessIdentity dead = ProcessIdentities.predecessorOf(mine.owner());
    String elsewhere = mine.space().equals("00000000") ? "00000001" : "00000000";

    NamespaceName name = new NamespaceName("a1b2c3", "client", dead, elsewhere);

    assertThat(name.isAbandoned()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "docker",
        "mooseng-bench",
        "mooseng-bench-a1b2c3-client",
        "mooseng-bench-a1b2c3-client-1@1",
        "mooseng-bench-a1b2c3-client-0x1@1-00000000",
        "mooseng-bench-a1b2c3-client-1@1-00000000-copy",
        "mooseng-bench-a1b2c3-client-1@1:-00000000",
        "my-mooseng-bench-a1b2c3-client-1@1-00000000"
      })
  void ofOthersIsNotRead(String name) {
    assertThat(NamespaceName.parse(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a/b", "..", "-a", "a-", "a b"})
  void refusesNodesThatAreNoNames(String node) {
    assertThatThrownBy(() -> NamespaceName.ofThisProcess("a1b2c3", node))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + node + "'");
  }
}
