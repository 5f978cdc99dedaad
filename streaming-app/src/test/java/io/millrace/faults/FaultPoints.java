package io.millrace.faults;

import io.millrace.app.Main;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;

/** All fault points there are: those of our compiled classes, and those of the libraries. */
final class FaultPoints {
  private static final String OURS = "io/millrace/";
  private static final String CHECKPOINT = "org/apache/spark/sql/execution/streaming/";

  /** Where Spark writes its checkpoint, and Delta reads and writes its log. */
  private static final Map<String, Set<String>> LIBRARIES =
      new TreeMap<>(
          Map.of(
              CHECKPOINT + "FileContextBasedCheckpointFileManager",
              Set.of("createTempFile", "renameTempFile"),
              CHECKPOINT + "AbstractFileContextBasedCheckpointFileManager",
              Set.of("list", "mkdirs", "open", "exists", "delete"),
              "io/delta/storage/HadoopFileSystemLogStore",
              Set.of("read", "listFrom"),
              "io/delta/storage/HDFSLogStore",
              Set.of("write")));

  /** What is done while something is in place. */
  interface Work {
    void run() throws Exception;
  }

  private final List<FaultPoint> points = new ArrayList<>();
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  /** Reads them from the classes. */
  static FaultPoints find() throws IOException {
    FaultPoints found = new FaultPoints();
    try (Stream<Path> files = Files.walk(classes())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        Weaver.points(Files.readAllBytes(file)).forEach(found::add);
      }
    }
    for (Map.Entry<String, Set<String>> library : LIBRARIES.entrySet()) {
      Set<FaultPoint> there = new LinkedHashSet<>(); // a method may have several signatures
      Weaver.weaveMethods(
          bytes(library.getKey()), library.getValue(), point -> there.add(point) ? 1 : 0);
      if (there.size() != library.getValue().size()) {
        throw new IllegalStateException("of %s only %s are there".formatted(library, there));
      }
      there.forEach(found::add);
    }
    return found;
  }

  List<FaultPoint> all() {
    return List.copyOf(points);
  }

  /** Has the points in all classes of this JVM, loaded or not, until the work is done. */
  void weaveDuring(Work work) throws Exception {
    Instrumentation instrumentation = ByteBuddyAgent.install();
    ClassFileTransformer transformer =
        new ClassFileTransformer() {
          @Override
          public byte @Nullable [] transform(
              @Nullable ClassLoader loader,
              String name,
              @Nullable Class<?> redefined,
              ProtectionDomain domain,
              byte[] classFile) {
            return woven(name, classFile);
          }
        };
    instrumentation.addTransformer(transformer, true);
    try {
      retransform(instrumentation);
      work.run();
    } finally {
      instrumentation.removeTransformer(transformer);
      retransform(instrumentation);
    }
  }

  private byte @Nullable [] woven(@Nullable String name, byte[] classFile) {
    if (name == null) {
      return null;
    }
    if (LIBRARIES.containsKey(name)) {
      return Weaver.weaveMethods(classFile, LIBRARIES.get(name), this::number);
    }
    boolean ours =
        name.startsWith(OURS)
            && FaultPoints.class.getResource("/" + name + ".class") != null
            && isInClasses(name);
    return ours ? Weaver.weave(classFile, this::number) : null;
  }

  private static void retransform(Instrumentation instrumentation)
      throws UnmodifiableClassException {
    Class<?>[] loaded =
        Stream.of(instrumentation.getAllLoadedClasses())
            .filter(instrumentation::isModifiableClass)
            .filter(
                type -> {
                  String name = type.getName().replace('.', '/');
                  return LIBRARIES.containsKey(name)
                      || (name.startsWith(OURS) && !type.isHidden() && isInClasses(name));
                })
            .toArray(Class<?>[]::new);
    instrumentation.retransformClasses(loaded);
  }

  private void add(FaultPoint point) {
    Integer known = numbers.putIfAbsent(point.name(), points.size());
    if (known != null) {
      throw new IllegalStateException("two fault points are called " + point.name());
    }
    points.add(point);
  }

  private int number(FaultPoint point) {
    Integer number = numbers.get(point.name());
    if (number == null) {
      throw new IllegalStateException("not found before: " + point.name());
    }
    return number;
  }

  private static boolean isInClasses(String name) {
    return Files.exists(classes().resolve(name + ".class"));
  }

  private static Path classes() {
    try {
      return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String name) {
    try (InputStream in = FaultPoints.class.getResourceAsStream("/" + name + ".class")) {
      if (in == null) {
        throw new IllegalStateException("there is no class " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
