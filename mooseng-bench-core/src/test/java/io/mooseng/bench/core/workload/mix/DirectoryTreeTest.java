package io.mooseng.bench.core.workload.mix;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.random.SeededRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirectoryTreeTest {

  @Test
  void isAsNarrowAsItsLeavesAllow() {
    DirectoryTree tree = DirectoryTree.of("c0", 5, 2);
    assertThat(tree.fanout()).isEqualTo(3);
    assertThat(tree.directories())
        .containsExactly(
            "c0", "c0/d0", "c0/d1", "c0/d0/d0", "c0/d0/d1", "c0/d0/d2", "c0/d1/d0", "c0/d1/d1");
    assertThat(tree.leaf(4)).isEqualTo("c0/d1/d1");
    assertThat(DirectoryTree.of("c0", 3, 1).directories())
        .containsExactly("c0", "c0/d0", "c0/d1", "c0/d2");
    assertThat(DirectoryTree.of("r", 1, 3).directories())
        .containsExactly("r", "r/d0", "r/d0/d0", "r/d0/d0/d0");
  }

  @Test
  void everyTreeHasItsLeavesAtItsDepthAndNothingWithoutAParent() {
    SeededRandom random = new SeededRandom(1);
    for (int round = 0; round < 200; round++) {
      int leaves = 1 + (int) random.nextBelow(300);
      int depth = 1 + (int) random.nextBelow(PopulationShape.DEEPEST);
      DirectoryTree tree = DirectoryTree.of("root", leaves, depth);
      List<String> directories = tree.directories().toList();
      Set<String> made = new HashSet<>();
      for (String directory : directories) {
        if (!directory.equals("root")) {
          assertThat(made).contains(directory.substring(0, directory.lastIndexOf('/')));
        }
        assertThat(made.add(directory)).as("%s once", directory).isTrue();
      }
      Set<String> wanted = new HashSet<>();
      IntStream.range(0, leaves).forEach(leaf -> wanted.add(tree.leaf(leaf)));
      assertThat(wanted).hasSize(leaves).allMatch(leaf -> leaf.split("/").length == depth + 1);
      assertThat(directories.stream().filter(path -> path.split("/").length == depth + 1))
          .containsExactlyInAnyOrderElementsOf(wanted);
    }
  }
}
