package io.mooseng.bench.core.target.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.target.Route;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutedDriverTest {

  @Test
  void theAddressAServerCallsItselfIsDialledByItsRouteAndOthersAreNot() {
    GrpcOptions options =
        GrpcOptions.defaults().withRoute(Optional.of(new Route("10.0.0.1:9", "127.0.0.1:7")));

    assertThat(options.dialled(new HostPort("10.0.0.1", 9)))
        .isEqualTo(new HostPort("127.0.0.1", 7));
    assertThat(options.dialled(new HostPort("10.0.0.1", 8))).isEqualTo(new HostPort("10.0.0.1", 8));
    assertThat(GrpcOptions.defaults().dialled(new HostPort("h", 1)))
        .isEqualTo(new HostPort("h", 1));
  }
}
