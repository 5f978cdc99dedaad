package io.millrace.app.config;

/** When batches are made, and when the application ends. */
public enum TriggerMode {
  /** A batch each interval, until the application is stopped. */
  CONTINUOUS,
  /** What was sent before the start, in as many batches as it takes; then the end. */
  AVAILABLE_NOW
}
