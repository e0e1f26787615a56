package io.mooseng.bench.file;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.TargetDriver;

/** Reads a whole directory, page by page. */
final class DirectoryListing {

  private DirectoryListing() {}

  /** What is done with an entry. */
  @FunctionalInterface
  interface Visitor {
    void visit(ListPage.Entry entry) throws OperationException;
  }

  /**
   * Shows every entry to {@code visitor}.
   *
   * @param pageEntries most entries of one page
   */
  static void read(
      TargetDriver driver,
      FileRef directory,
      int pageEntries,
      Visitor visitor,
      OperationTrace trace)
      throws OperationException {
    ListPage page;
    long offset = 0;
    do {
      page = driver.list(directory, offset, pageEntries, trace);
      for (ListPage.Entry entry : page.entries()) {
        visitor.visit(entry);
      }
      offset = page.nextOffset();
    } while (page.hasMore());
  }

  /** How many entries there are. */
  static int count(TargetDriver driver, FileRef directory, int pageEntries, OperationTrace trace)
      throws OperationException {
    int[] found = {0};
    read(driver, directory, pageEntries, entry -> found[0]++, trace);
    return found[0];
  }
}
