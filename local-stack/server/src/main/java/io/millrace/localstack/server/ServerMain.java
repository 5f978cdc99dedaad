package io.millrace.localstack.server;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The server process: lives until its standard input ends, which it does with whoever holds it. */
final class ServerMain {
  private static final long STOP_MILLIS = 5_000;

  private ServerMain() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream announcements = System.out;
    System.setOut(System.err); // a library that prints must not garble the announcement
    ServerOptions options = ServerOptions.parse(arguments);
    if (options.ephemeral()) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(options.data()), "cleaner"));
    }
    haltAtTheEndOf(System.in);
    try {
      StackServer server = StackServer.start(options);
      announcements.println(new JsonMapper().writeValueAsString(server.addresses()));
      announcements.flush();
    } catch (Exception e) {
      e.printStackTrace();
      System.err.println(
          "could not start on port %d for S3 and %d for SQS (0 is any free one): %s"
              .formatted(options.s3Port(), options.sqsPort(), rootOf(e)));
      System.exit(1); // what has started already has threads that would keep us
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : rootOf(cause);
  }

  /** Nothing is drained: clients of a stack that is being stopped have nothing left to say. */
  private static void haltAtTheEndOf(InputStream input) {
    Thread watch =
        new Thread(
            () -> {
              try {
                input.transferTo(PrintStream.nullOutputStream());
              } catch (IOException e) {
                // An unreadable input says the same as its end: nobody holds us any more.
              }
              haltIn(STOP_MILLIS);
              System.exit(0);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void haltIn(long millis) {
    Thread bomb =
        new Thread(
            () -> {
              try {
                Thread.sleep(millis);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(1);
            },
            "halt");
    bomb.setDaemon(true);
    bomb.start();
  }

  private static void delete(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      System.err.println("could not delete " + directory + ": " + e);
    }
  }
}
