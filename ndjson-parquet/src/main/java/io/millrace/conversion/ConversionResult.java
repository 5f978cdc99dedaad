package io.millrace.conversion;

import java.util.List;

/**
 * What a conversion made.
 *
 * @param files in the order of their names
 */
public record ConversionResult(SplitResult records, List<ConvertedFile> files) {
  public ConversionResult {
    files = List.copyOf(files);
  }

  /** The size of all files. */
  public long bytes() {
    return files.stream().mapToLong(file -> file.file().bytes()).sum();
  }
}
