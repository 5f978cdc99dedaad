package io.millrace.convert;

import java.io.IOException;
import java.io.Serializable;

/** Where tasks write a table's data files themselves. Goes to the executors. */
@FunctionalInterface
public interface TableFiles extends Serializable {

  /** Begins the files of one attempt of a task. */
  TaskFiles begin() throws IOException;
}
