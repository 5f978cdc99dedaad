package io.millrace.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The code blocks of the documentation. */
public final class MarkdownBlocks {
  private static final String FENCE = "```";
  private static final Path ROOT = Path.of("..");

  private MarkdownBlocks() {}

  /**
   * A block.
   *
   * @param place file and line of its fence, from the root of the checkout
   * @param language behind its fence; empty where there is none
   * @param unchecked why it is not checked, as the comment before it says; null where it is
   */
  public record Block(String place, String language, String text, @Nullable String unchecked) {

    /** The commands of a shell's block, prompts and continuations taken off. */
    public List<String> commands() {
      List<String> commands = new ArrayList<>();
      for (String line : text.replace("\\\n", " ").lines().toList()) {
        if (line.startsWith("$ ")) {
          commands.add(line.substring(2).strip());
        } else if (!language.equals("console") && !line.isBlank()) {
          commands.add(line.strip());
        }
      }
      return commands;
    }
  }

  /** Of README, CONTRIBUTING and all below docs. */
  public static List<Block> all() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path file : files()) {
      read(file, blocks);
    }
    return blocks;
  }

  /** Every page. */
  public static List<Path> files() throws IOException {
    List<Path> files =
        new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
    }
    return files;
  }

  private static void read(Path file, List<Block> blocks) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String before = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(FENCE)) {
        int begin = i;
        StringBuilder text = new StringBuilder();
        while (!lines.get(++i).equals(FENCE)) {
          text.append(lines.get(i)).append('\n');
        }
        blocks.add(
            new Block(
                ROOT.relativize(file) + ":" + (begin + 1),
                line.substring(FENCE.length()),
                text.toString(),
                reason(before)));
      }
      before = line;
    }
  }

  private static @Nullable String reason(String before) {
    String begin = "<!-- unchecked: ";
    return before.startsWith(begin)
        ? before.substring(begin.length(), before.length() - " -->".length())
        : null;
  }
}
