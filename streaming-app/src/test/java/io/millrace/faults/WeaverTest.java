package io.millrace.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WeaverTest {
  private static final String CLASS = "/io/millrace/output/PendingRenames.class";
  private static final String FIRST = "output.PendingRenames.takeBack -> FileSystem.delete";

  /** A JVM gives the methods of a class that is loaded already in an order of its own. */
  @Test
  void aPointHasTheSameNameWhateverTheOrderOfTheMethods() throws IOException {
    byte[] asCompiled = bytes();

    List<String> names = names(asCompiled);
    List<String> namesOfReversed = names(reversed(asCompiled));

    assertThat(names).contains(FIRST, FIRST + "#2");
    assertThat(namesOfReversed).containsExactlyInAnyOrderElementsOf(names);
    assertThat(names.indexOf(FIRST) < names.indexOf(FIRST + "#2"))
        .isNotEqualTo(namesOfReversed.indexOf(FIRST) < namesOfReversed.indexOf(FIRST + "#2"));
  }

  private static List<String> names(byte[] classFile) {
    return Weaver.points(classFile).stream().map(FaultPoint::name).toList();
  }

  private static byte[] reversed(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    List<String> methods = new ArrayList<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            methods.add(name + descriptor);
            return null;
          }
        },
        0);
    Collections.reverse(methods);
    ClassWriter writer = new ClassWriter(0);
    for (String method : methods) {
      reader.accept(
          new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
              return method.equals(name + descriptor)
                  ? super.visitMethod(access, name, descriptor, signature, exceptions)
                  : null;
            }
          },
          0);
    }
    return writer.toByteArray();
  }

  private static byte[] bytes() throws IOException {
    try (InputStream in = WeaverTest.class.getResourceAsStream(CLASS)) {
      return in.readAllBytes();
    }
  }
}
