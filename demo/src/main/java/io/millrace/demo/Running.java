package io.millrace.demo;

/** The application, in whichever process it is. */
interface Running {
  /** Whether it runs, or will again. */
  boolean isAlive();

  /** That it ended although it should not. */
  DemoException failure();

  /** The process that it is in now. */
  ProcessHandle handle();
}
