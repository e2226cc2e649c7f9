package dev.parallax.benchmarks.detection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder with what rules did in streams, so that a study can be stopped and taken up again. */
final class Trials {

  private final Path folder;

  Trials(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Keeps what all rules did in one stream. */
  void add(StudyModel model, List<Trial> trials) throws IOException {
    Files.writeString(
        file(model),
        String.join("\n", trials.stream().map(Trial::toLine).toList()) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Whether that of this stream and seed is there. */
  boolean has(StudyModel model, String stream, int seed) throws IOException {
    return Files.exists(file(model))
        && read(file(model)).stream().anyMatch(t -> t.stream().equals(stream) && t.seed() == seed);
  }

  /** All that there is, in the order of models and of time. */
  List<Trial> all() throws IOException {
    List<Trial> all = new ArrayList<>();
    for (StudyModel model : StudyModel.values()) {
      if (Files.exists(file(model))) {
        all.addAll(read(file(model)));
      }
    }
    return all;
  }

  private static List<Trial> read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(Trial::of).toList();
    }
  }

  private Path file(StudyModel model) {
    return folder.resolve(model.label() + ".tsv");
  }
}
