package io.mooseng.bench.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryLocationTest {

  @Test
  void aPathIsAFileOfSqlite() {
    assertThat(HistoryLocation.parse("a/b.db").file()).hasValue(Path.of("a/b.db"));
    assertThat(HistoryLocation.parse("jdbc:sqlite:a/b.db").file()).hasValue(Path.of("a/b.db"));
  }

  @Test
  void neitherUserNorPasswordIsShown() {
    HistoryLocation location =
        HistoryLocation.parse(
            "jdbc:postgresql://me:secret@db.example/bench?user=me&password=secret");
    assertThat(location).hasToString("jdbc:postgresql://db.example/bench");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:mysql://me:secret@host/db", "jdbc:sqlite:", "jdbc:sqlite::memory:", " "})
  void whatCannotBeIsRefusedWithWhatCan(String text) {
    assertThatThrownBy(() -> HistoryLocation.parse(text))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("--history")
        .hasMessageContaining("jdbc:postgresql:")
        .message()
        .doesNotContain("secret");
  }
}
