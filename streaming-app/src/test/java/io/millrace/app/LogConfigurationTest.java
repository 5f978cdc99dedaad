package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.RollingFileAppender;
import org.apache.logging.log4j.core.appender.rolling.DefaultRolloverStrategy;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogConfigurationTest {
  @TempDir Path folder;

  @Test
  void jsonIsOneObjectALineWhateverIsLogged() throws IOException {
    byte[] line =
        read("log4j2-json.properties")
            .getAppender("console")
            .getLayout()
            .toByteArray(event("one\ntwo \"three\"", new IllegalStateException("a\nb")));

    String text = new String(line, StandardCharsets.UTF_8);
    assertThat(text.strip()).doesNotContain("\n");
    JsonNode json = new JsonMapper().readTree(text);
    assertThat(json.path("message").asText()).isEqualTo("one\ntwo \"three\"");
    assertThat(json.path("log.level").asText()).isEqualTo("INFO");
    assertThat(json.path("error.stack_trace").asText()).contains("IllegalStateException");
  }

  @Test
  void rollingFilesAreBounded() throws IOException {
    System.setProperty("spark.yarn.app.container.log.dir", folder.toString());
    try {
      Configuration configuration = read("log4j2-rolling.properties");
      RollingFileAppender file = configuration.getAppender("file");

      assertThat(file.getFileName()).isEqualTo(folder.resolve("millrace.log").toString());
      assertThat(file.getManager().getRolloverStrategy())
          .isInstanceOfSatisfying(
              DefaultRolloverStrategy.class,
              strategy -> assertThat(strategy.getMaxIndex()).isEqualTo(20));
      assertThat(file.getTriggeringPolicy().toString()).contains("size=104857600");
      assertThat(
              new String(
                  file.getLayout().toByteArray(event("one\ntwo", null)), StandardCharsets.UTF_8))
          .endsWith("one\\ntwo" + System.lineSeparator());
    } finally {
      System.clearProperty("spark.yarn.app.container.log.dir");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"log4j2.properties", "log4j2-json.properties", "log4j2-rolling.properties"})
  void whatIsBusinessAsUsualIsNoWarning(String file) throws Exception {
    System.setProperty("spark.yarn.app.container.log.dir", folder.toString());
    try {
      Configuration configuration = read(file);

      for (String usual :
          new String[] {
            "org.apache.hadoop.fs.s3a.S3ABlockOutputStream",
            "org.apache.hadoop.fs.s3a.S3AInstrumentation",
            "org.apache.spark.sql.catalyst.util.SparkStringUtils",
          }) {
        assertThat(Class.forName(usual)).isNotNull();
        assertThat(configuration.getLoggerConfig(usual).getLevel()).isEqualTo(Level.ERROR);
      }
      assertThat(configuration.getLoggerConfig("org.apache.hadoop.fs.s3a.S3AFileSystem").getLevel())
          .isEqualTo(Level.WARN);
    } finally {
      System.clearProperty("spark.yarn.app.container.log.dir");
    }
  }

  @Test
  void theReferenceNamesEveryFile() throws IOException {
    String reference = Files.readString(Path.of("../docs/reference/logs.md"));
    try (Stream<Path> files = Files.list(Path.of("conf"))) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("log4j2"))
              .map(name -> "| `" + name + "` |")
              .toList();
      assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(reference).contains(name));
    }
  }

  private static Configuration read(String name) throws IOException {
    Path file = Path.of("conf", name);
    ConfigurationSource source = new ConfigurationSource(Files.newInputStream(file), file.toFile());
    Configuration configuration =
        new PropertiesConfigurationFactory()
            .getConfiguration(new LoggerContext("test-" + name), source);
    configuration.initialize();
    return configuration;
  }

  private static Log4jLogEvent event(String message, @Nullable Throwable thrown) {
    return Log4jLogEvent.newBuilder()
        .setLevel(Level.INFO)
        .setLoggerName("io.millrace.test")
        .setMessage(new SimpleMessage(message))
        .setThrown(thrown)
        .build();
  }
}
