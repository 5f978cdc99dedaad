package io.millrace.demo.check;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What the checker found.
 *
 * @param objects in the bucket
 * @param bytes of these objects
 * @param recordsIn their lines that are records
 * @param recordsOut rows of the table
 * @param malformedIn their lines that are not
 * @param malformedOut rows of the quarantine that belong to these versions of the objects
 * @param lost records and malformed lines that are missing
 * @param duplicated rows that are there once more
 * @param altered rows with other values or of another object
 * @param unexpected rows that come from no object
 * @param miscounted objects of which lines read are not rows plus quarantined lines
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CheckReport(
    int objects,
    long bytes,
    long recordsIn,
    long recordsOut,
    long malformedIn,
    long malformedOut,
    long lost,
    long duplicated,
    long altered,
    long unexpected,
    long miscounted) {

  /** Whether each record arrived once, as it was. */
  @JsonIgnore
  public boolean isRight() {
    return lost + duplicated + altered + unexpected + miscounted == 0;
  }
}
