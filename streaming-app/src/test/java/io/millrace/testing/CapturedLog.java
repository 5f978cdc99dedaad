package io.millrace.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What {@code io.millrace} logs at INFO and above, from now on until it is closed. */
public final class CapturedLog extends AbstractAppender implements AutoCloseable {
  private final LoggerConfig logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private CapturedLog(LoggerConfig logger) {
    super("captured", null, null, false, Property.EMPTY_ARRAY);
    this.logger = logger;
  }

  public static CapturedLog begin() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    CapturedLog log = new CapturedLog(context.getConfiguration().getLoggerConfig("io.millrace"));
    log.start();
    log.logger.addAppender(log, Level.INFO, null);
    return log;
  }

  @Override
  public void append(LogEvent event) {
    lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
  }

  /** Each with its level before it, such as {@code WARN something}. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    logger.removeAppender(getName());
    stop();
  }
}
