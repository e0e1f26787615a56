package io.mooseng.bench.core.link;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Does things where this program is. */
final class Here {

  private Here() {}

  static <T> T call(Callable<T> task) throws IOException {
    try {
      return task.call();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
