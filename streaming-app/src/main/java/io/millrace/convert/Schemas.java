package io.millrace.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Reads the schema of records as people write it. */
public final class Schemas {
  /** A schema of 10,000 columns has a few hundred kilobytes. */
  static final int MAX_FILE_BYTES = 16 << 20;

  private static final JsonMapper JSON = new JsonMapper();

  private Schemas() {}

  /**
   * Reads DDL, or Spark's JSON where the text begins with a brace.
   *
   * @return the schema with every field nullable, at any depth, since any field may be missing
   * @throws IllegalArgumentException where the text is neither, or has no fields
   */
  public static StructType parse(String text) {
    String trimmed = text.strip();
    StructType schema = trimmed.startsWith("{") ? ofJson(trimmed) : ofDdl(trimmed);
    if (schema.isEmpty()) {
      throw new IllegalArgumentException("the schema has no fields");
    }
    return schema.asNullable();
  }

  /**
   * Reads a file.
   *
   * @param location a local path, or one of a file system that Hadoop knows, {@code s3://} among
   *     them
   */
  public static StructType load(String location, Configuration configuration) throws IOException {
    Path path = new Path(location);
    byte[] text;
    try (InputStream in = path.getFileSystem(configuration).open(path)) {
      text = in.readNBytes(MAX_FILE_BYTES + 1);
    }
    if (text.length > MAX_FILE_BYTES) {
      throw new IllegalArgumentException(
          "the schema file %s is larger than %d bytes".formatted(location, MAX_FILE_BYTES));
    }
    return parse(new String(text, StandardCharsets.UTF_8));
  }

  private static StructType ofJson(String text) {
    try {
      JSON.readTree(text); // Spark's own message would not say where it went wrong
      if (DataType.fromJson(text) instanceof StructType struct) {
        return struct;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the schema is not JSON: " + e.getOriginalMessage() + ", " + where(e), e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("the schema is JSON, but not Spark's: " + e, e);
    }
    throw new IllegalArgumentException("the schema is Spark's JSON, but not of a struct");
  }

  private static StructType ofDdl(String text) {
    try {
      return StructType.fromDDL(text);
    } catch (Exception e) { // a checked ParseException that Scala does not declare
      throw new IllegalArgumentException("the schema is not DDL: " + e.getMessage(), e);
    }
  }

  private static String where(JsonProcessingException e) {
    return e.getLocation() == null
        ? "somewhere"
        : "line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }
}
