package io.millrace.plan;

/**
 * How a batch was divided.
 *
 * @param tasks how many there were
 * @param taskBytes what each was given at most, see {@link Planner}
 */
public record Division(int tasks, long taskBytes) {
  /** Of nothing. */
  public static final Division NONE = new Division(0, 0);
}
