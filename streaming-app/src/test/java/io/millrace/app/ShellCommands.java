package io.millrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.command.ConvertMain;
import io.millrace.metrics.BindAddress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Checks commands of the documentation without running them: ours by their own parsers, those of
 * AWS by the operations and parameters that its SDK knows.
 */
final class ShellCommands {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Map<String, Class<?>> AWS =
      Map.of("sqs", SqsClient.class, "s3api", S3Client.class);

  /** Parsed by tests of their own modules. */
  private static final Set<String> ELSEWHERE = Set.of("demo", "bench");

  /** Not ours, and not checked but for their names. */
  private static final Map<String, String> TOOLS =
      Map.of(
          "mvn", "the build itself runs its goals",
          "git", "the address is the reader's",
          "jq", "not everywhere; its program is one object with one field");

  private ShellCommands() {}

  /** Fails where a command can't be right. */
  static void check(String command) throws Exception {
    for (String each : command.split(" && ", -1)) {
      checkOne(each.replaceFirst("\\s+#.*$", "").strip());
    }
  }

  private static void checkOne(String command) throws Exception {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command.replaceFirst("\\s+>\\s+\\S+$", ""));
    while (matcher.find()) {
      words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    String first = words.remove(0);
    switch (first) {
      case "./millrace" -> millrace(words);
      case "aws" -> aws(words);
      case "curl" -> curl(words);
      case "cd" -> assertThat(words).hasSize(1);
      default -> assertThat(TOOLS).as("the tools that are listed").containsKey(first);
    }
  }

  private static void millrace(List<String> words) {
    String command = words.get(0);
    if (command.equals("convert")) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      PrintStream out = new PrintStream(said, true, UTF_8);
      String[] arguments =
          Stream.concat(words.stream().skip(1), Stream.of("--help")).toArray(String[]::new);
      assertThat(ConvertMain.run(arguments, Map.of(), out, out)).as(said.toString(UTF_8)).isZero();
    } else if (!ELSEWHERE.contains(command)) {
      Main.commandLine().parseArgs(words.toArray(String[]::new));
    }
  }

  /** {@code aws SERVICE OPERATION --parameter value …}. */
  private static void aws(List<String> words) throws Exception {
    Class<?> client = AWS.get(words.get(0));
    assertThat(client).as("a service that is known: " + words.get(0)).isNotNull();
    String operation = camel(words.get(1));
    Class<?> request =
        Arrays.stream(client.getMethods())
            .filter(method -> method.getName().equals(operation))
            .map(method -> method.getParameterTypes()[0])
            .filter(SdkPojo.class::isAssignableFrom)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no operation " + words.get(1)));
    Object builder = request.getMethod("builder").invoke(null);
    Set<String> known =
        ((SdkPojo) builder)
            .sdkFields().stream()
                .flatMap(field -> Stream.of(field.memberName(), field.locationName()))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
    known.add("copysource"); // the SDK has it in three parts
    for (String word : words.subList(2, words.size())) {
      if (word.startsWith("--")) {
        assertThat(known).contains(word.substring(2).replace("-", ""));
      }
    }
  }

  private static void curl(List<String> words) {
    assertThat(words.get(words.size() - 1))
        .startsWith("http://" + BindAddress.DEFAULT + "/")
        .matches(".*/(metrics|health|health/live)");
  }

  private static String camel(String kebab) {
    Matcher matcher = Pattern.compile("-(.)").matcher(kebab);
    return matcher.replaceAll(part -> part.group(1).toUpperCase(Locale.ROOT));
  }
}
