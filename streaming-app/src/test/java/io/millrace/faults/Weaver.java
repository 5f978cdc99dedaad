package io.millrace.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Finds the fault points of a class, and surrounds each with calls of {@link Faults}. */
final class Weaver {
  private static final String FAULTS = Type.getInternalName(Faults.class);

  /** Gives a point its number. */
  interface Numbers {
    int of(FaultPoint point);
  }

  private Weaver() {}

  /** The points of one of our classes. */
  static List<FaultPoint> points(byte[] classFile) {
    List<FaultPoint> points = new ArrayList<>();
    weave(classFile, points::add, point -> 0);
    return points;
  }

  /** One of our classes with its points. */
  static byte[] weave(byte[] classFile, Numbers numbers) {
    return weave(classFile, point -> {}, numbers);
  }

  private static byte[] weave(
      byte[] classFile, java.util.function.Consumer<FaultPoint> found, Numbers numbers) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Map<String, Map<String, Integer>> before = callsBefore(reader);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            Map<String, Integer> counts = before.getOrDefault(name + descriptor, new HashMap<>());
            return new CallVisitor(next, reader.getClassName(), name) {
              @Override
              int number(String call, Boundary.Failure failure) {
                int count = counts.merge(call, 1, Integer::sum);
                FaultPoint point = new FaultPoint(count == 1 ? call : call + "#" + count, failure);
                found.accept(point);
                return numbers.of(point);
              }
            };
          }
        },
        0);
    return writer.toByteArray();
  }

  /**
   * How many calls of each name come before those of a method, by its name and descriptor. The
   * methods go by these, for a class that is loaded already does not have them in its file's order.
   */
  private static Map<String, Map<String, Integer>> callsBefore(ClassReader reader) {
    TreeMap<String, List<String>> calls = new TreeMap<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            List<String> ofMethod = new ArrayList<>();
            calls.put(name + descriptor, ofMethod);
            return new CallVisitor(null, reader.getClassName(), name) {
              @Override
              int number(String call, Boundary.Failure failure) {
                ofMethod.add(call);
                return 0;
              }
            };
          }
        },
        0);
    Map<String, Map<String, Integer>> before = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    calls.forEach(
        (method, ofMethod) -> {
          before.put(method, new HashMap<>(counts));
          ofMethod.forEach(call -> counts.merge(call, 1, Integer::sum));
        });
    return before;
  }

  /** A library's class with a point at the begin and the end of each of some methods. */
  static byte[] weaveMethods(byte[] classFile, Set<String> methods, Numbers numbers) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean bridge = (access & Opcodes.ACC_BRIDGE) != 0;
            return methods.contains(name) && !bridge
                ? new BodyVisitor(next, numbers.of(libraryPoint(reader.getClassName(), name)))
                : next;
          }
        },
        0);
    return writer.toByteArray();
  }

  static FaultPoint libraryPoint(String internalClassName, String method) {
    return new FaultPoint(Names.method(internalClassName, method), Boundary.Failure.IO);
  }

  private abstract static class CallVisitor extends MethodVisitor {
    private final String owner;
    private final String method;

    /**
     * @param next null where nothing is to be woven
     */
    CallVisitor(@Nullable MethodVisitor next, String owner, String method) {
      super(Opcodes.ASM9, next);
      this.owner = owner;
      this.method = method;
    }

    abstract int number(String call, Boundary.Failure failure);

    @Override
    public void visitMethodInsn(
        int opcode, String type, String name, String descriptor, boolean isInterface) {
      Optional<Boundary.Failure> failure =
          name.equals("<init>") && !type.startsWith("io/delta")
              ? Optional.empty()
              : Boundary.failureOf(owner, type, name);
      if (failure.isEmpty()) {
        super.visitMethodInsn(opcode, type, name, descriptor, isInterface);
        return;
      }
      String call =
          "%s -> %s.%s"
              .formatted(
                  Names.method(owner, method), type.substring(type.lastIndexOf('/') + 1), name);
      int number = number(call, failure.get());
      report(mv, "before", number);
      super.visitMethodInsn(opcode, type, name, descriptor, isInterface);
      report(mv, "after", number);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Handle handle
            && Boundary.failureOf(owner, handle.getOwner(), handle.getName()).isPresent()) {
          throw new IllegalStateException(
              "%s has a method reference to %s.%s, where no fault can be placed: make it a lambda"
                  .formatted(owner, handle.getOwner(), handle.getName()));
        }
      }
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }
  }

  private static final class BodyVisitor extends MethodVisitor {
    private final int number;

    BodyVisitor(MethodVisitor next, int number) {
      super(Opcodes.ASM9, next);
      this.number = number;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      report(mv, "before", number);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
        report(mv, "after", number);
      }
      super.visitInsn(opcode);
    }
  }

  private static void report(@Nullable MethodVisitor visitor, String method, int number) {
    if (visitor == null) {
      return;
    }
    visitor.visitLdcInsn(number);
    visitor.visitMethodInsn(Opcodes.INVOKESTATIC, FAULTS, method, "(I)V", false);
  }
}
