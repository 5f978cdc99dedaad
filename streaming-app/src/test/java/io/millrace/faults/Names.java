package io.millrace.faults;

import java.util.regex.Pattern;

/** Short names of methods that stay the same from one build to the next. */
final class Names {
  private static final Pattern PREFIX =
      Pattern.compile("^(io/millrace/|org/apache/spark/sql/execution/|io/delta/)");
  private static final Pattern JAVA_LAMBDA = Pattern.compile("lambda\\$(.*)\\$\\d+");
  private static final Pattern SCALA_LAMBDA = Pattern.compile("\\$anonfun\\$(.*?)(\\$\\d+)+");

  private Names() {}

  /** {@code package.Class.method}; a lambda has the name of the method that it is written in. */
  static String method(String internalClassName, String method) {
    String shortClass = PREFIX.matcher(internalClassName).replaceFirst("").replace('/', '.');
    String java = JAVA_LAMBDA.matcher(method).replaceFirst("$1");
    String name = SCALA_LAMBDA.matcher(java).replaceFirst("$1");
    return shortClass + "." + name.replace("<init>", "new").replace("<clinit>", "static");
  }
}
