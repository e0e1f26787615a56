package io.mooseng.bench.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ServerHelloTest {

  private static final String RETRY =
      "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
  private static final String RANDOM = "ab".repeat(32);
  private static final String TLS_1_3 = "002b00020304";
  private static final String PRE_SHARED_KEY = "002900020000";
  private static final String KEY_SHARE = "00330004001d0000";
  private static final String CHANGE_CIPHER_SPEC = "140303000101";

  private static String hex(int value, int bytes) {
    return ("%0" + 2 * bytes + "x").formatted(value);
  }

  private static String record(String random, String extensions) {
    String body =
        "0303"
            + random
            + "20"
            + "cd".repeat(32)
            + "1301"
            + "00"
            + hex(extensions.length() / 2, 2)
            + extensions;
    String message = "02" + hex(body.length() / 2, 3) + body;
    return "160303" + hex(message.length() / 2, 2) + message;
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  @Test
  void withATicketTakenIsResumed() {
    assertThat(ServerHello.in(bytes(record(RANDOM, KEY_SHARE + PRE_SHARED_KEY + TLS_1_3))))
        .contains(new ServerHello(ServerHello.TLS_1_3, true, false));
  }

  @Test
  void withoutOneIsFull() {
    assertThat(ServerHello.in(bytes(record(RANDOM, TLS_1_3 + KEY_SHARE) + CHANGE_CIPHER_SPEC)))
        .contains(new ServerHello(ServerHello.TLS_1_3, false, false));
  }

  @Test
  void anOlderVersionSaysSoWithoutAnExtension() {
    assertThat(ServerHello.in(bytes(record(RANDOM, ""))))
        .contains(new ServerHello(0x0303, false, false));
  }

  @Test
  void aRetryIsNoDecision() {
    String retry = record(RETRY, TLS_1_3) + CHANGE_CIPHER_SPEC;
    assertThat(ServerHello.in(bytes(retry))).isEmpty();
    assertThat(ServerHello.in(bytes(retry + record(RANDOM, TLS_1_3))))
        .contains(new ServerHello(ServerHello.TLS_1_3, false, true));
  }

  @Test
  void whatIsNotAllThereIsNotRead() {
    String whole = record(RANDOM, TLS_1_3 + PRE_SHARED_KEY);
    for (int length = 0; length < whole.length() - 2; length += 2) {
      assertThat(ServerHello.in(bytes(whole.substring(0, length)))).as("%d", length).isEmpty();
    }
  }

  @Test
  void anAlertIsNoHello() {
    assertThat(ServerHello.in(bytes("15030300020228"))).isEmpty();
  }
}
