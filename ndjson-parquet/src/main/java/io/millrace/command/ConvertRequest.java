package io.millrace.command;

import io.millrace.conversion.ConversionOptions;
import io.millrace.conversion.MalformedPolicy;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to be converted, and how.
 *
 * @param inputs files
 * @param schemaText the schema as it was given, from which {@code options} have theirs
 * @param overwrite whether what is in the output may be replaced
 */
public record ConvertRequest(
    List<Path> inputs,
    Path output,
    String schemaText,
    ConversionOptions options,
    MalformedPolicy malformedPolicy,
    int threads,
    boolean overwrite) {
  public ConvertRequest {
    inputs = List.copyOf(inputs);
  }
}
