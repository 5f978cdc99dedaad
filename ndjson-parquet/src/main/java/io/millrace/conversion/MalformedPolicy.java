package io.millrace.conversion;

import io.millrace.input.Input;
import io.millrace.ndjson.MalformedReason;
import java.util.Locale;

/** What happens where a record is malformed. */
public enum MalformedPolicy {
  /** It is kept beside the output, and the conversion goes on. */
  QUARANTINE {
    @Override
    MalformedTask begin(String task, OutputStore store) {
      return new QuarantineFile(
          store,
          "%s/part-%s.ndjson".formatted(QUARANTINE_DIRECTORY, task),
          QuarantineFile.DEFAULT_MAX_KEPT_RECORD_BYTES);
    }
  },
  /** The conversion fails. */
  FAIL {
    @Override
    MalformedTask begin(String task, OutputStore store) {
      return new FirstIsFatal();
    }
  };

  /** Below the output; readers of tables skip what begins with an underscore. */
  public static final String QUARANTINE_DIRECTORY = "_malformed";

  /** The policy of that name, in lower case. */
  public static MalformedPolicy named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  abstract MalformedTask begin(String task, OutputStore store);

  private static final class FirstIsFatal implements MalformedTask {
    @Override
    public void add(
        Input input, long offset, byte[] bytes, int from, int to, MalformedReason reason)
        throws MalformedRecordException {
      throw MalformedRecordException.first(input, offset, reason);
    }

    @Override
    public void close() {}
  }
}
