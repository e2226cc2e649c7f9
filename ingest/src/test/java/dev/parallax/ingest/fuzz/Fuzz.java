package dev.parallax.ingest.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where Jazzer enters: one target in a process, by its name. */
public final class Fuzz {

  private static @Nullable FuzzTarget target;

  private Fuzz() {}

  /** Called once, with the target's name. */
  public static void fuzzerInitialize(String[] arguments) {
    FuzzTarget named = FuzzTargets.named(arguments[0]);
    // Loads classes, which would count as what the first inputs took.
    inputs(named).forEach(named::accept);
    target = named;
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (target == null) {
      throw new IllegalStateException("no target");
    }
    target.accept(input);
  }

  /**
   * Prints the names of all targets; or, with a target and a folder, writes the inputs to begin
   * with.
   */
  public static void main(String... arguments) throws IOException {
    if (arguments.length == 0) {
      FuzzTargets.all().forEach(each -> System.out.println(each.name()));
      return;
    }
    List<byte[]> inputs = inputs(FuzzTargets.named(arguments[0]));
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    for (int i = 0; i < inputs.size(); i++) {
      Files.write(folder.resolve("seed-" + i), inputs.get(i));
    }
  }

  /** What a target begins with. */
  static List<byte[]> inputs(FuzzTarget target) {
    List<byte[]> inputs = new ArrayList<>(target.samples());
    for (Path file : SeedInputs.kept(target.name())) {
      try {
        inputs.add(Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return inputs;
  }
}
