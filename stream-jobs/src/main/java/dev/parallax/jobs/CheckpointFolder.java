package dev.parallax.jobs;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one application, which its next process goes on from.
 *
 * <pre>
 * checkpoint-dir/application-id/.parallax.lock             held while a process runs
 *                               run-7/settings             what its state depends on
 *                               run-7/chk-311/_metadata    there once the checkpoint is complete
 * </pre>
 *
 * <p>Each process makes a run of its own. The newest checkpoint is the last of the last run that
 * has one, by their numbers: clocks are not asked.
 */
final class CheckpointFolder implements AutoCloseable {

  private static final String LOCK = ".parallax.lock";
  private static final String SETTINGS = "settings";
  private static final String METADATA = "_metadata";
  private static final Pattern RUN = Pattern.compile("run-(\\d{1,18})");
  private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");

  private final Path folder;
  private final FileChannel lock;

  private CheckpointFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Takes the folder; the operating system gives it back if the process dies.
   *
   * @throws MonitorException if it cannot be used, or another process uses it
   */
  static CheckpointFolder open(MonitorConfig config) {
    Path folder = local(config.checkpointDir()).resolve(config.groupId());
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new MonitorException(
            "checkpoints in " + folder + ": in use by another monitor that has not ended", null);
      }
      return new CheckpointFolder(folder, channel);
    } catch (IOException e) {
      throw new MonitorException("checkpoints in " + folder + ": cannot be written: " + e, e);
    }
  }

  private static Path local(String uri) {
    try {
      return Path.of(URI.create(uri));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new MonitorException(
          "monitor.checkpoint-dir=" + uri + ": expected a folder of this machine", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this process.
      return null;
    }
  }

  /**
   * The checkpoint to go on from.
   *
   * @throws MonitorException if a certain one is asked for that is not there, or if it was made
   *     with settings that its state cannot do without
   */
  Optional<Path> checkpoint(MonitorConfig config) {
    Optional<Path> checkpoint = Optional.empty();
    if (config.restore() instanceof Restore.Latest) {
      checkpoint = newest();
    } else if (config.restore() instanceof Restore.Snapshot snapshot) {
      checkpoint = Optional.of(Path.of(snapshot.folder()).toAbsolutePath().normalize());
      if (!isComplete(checkpoint.get())) {
        throw new MonitorException(
            "monitor.restore="
                + snapshot.folder()
                + ": expected latest, none or the folder of a complete checkpoint",
            null);
      }
    }
    checkpoint.ifPresent(found -> requireSettings(found, config));
    return checkpoint;
  }

  /**
   * A folder for the checkpoints of a run that begins now. Earlier runs are removed, but for the
   * last that has a checkpoint and the one that {@code from} is of.
   */
  Path newRun(Optional<Path> from, MonitorConfig config) {
    try {
      List<Path> runs = numbered(folder, RUN);
      Optional<Path> newest = newest();
      long last = runs.isEmpty() ? 0 : number(runs.get(runs.size() - 1), RUN);
      for (Path run : runs) {
        if (Stream.concat(newest.stream(), from.stream()).noneMatch(kept -> kept.startsWith(run))) {
          remove(run);
        }
      }
      Path run = Files.createDirectory(folder.resolve("run-" + (last + 1)));
      Files.write(run.resolve(SETTINGS), settings(config));
      return run;
    } catch (IOException e) {
      throw new MonitorException("checkpoints in " + folder + ": cannot be written: " + e, e);
    }
  }

  private Optional<Path> newest() {
    try {
      Optional<Path> newest = Optional.empty();
      for (Path run : numbered(folder, RUN)) {
        for (Path checkpoint : numbered(run, CHECKPOINT)) {
          newest = isComplete(checkpoint) ? Optional.of(checkpoint) : newest;
        }
      }
      return newest;
    } catch (IOException e) {
      throw new MonitorException("checkpoints in " + folder + ": cannot be read: " + e, e);
    }
  }

  /** Flink moves the metadata there as the last of a checkpoint. */
  private static boolean isComplete(Path checkpoint) {
    return Files.isRegularFile(checkpoint.resolve(METADATA));
  }

  /** What open panes and baselines make no sense without. */
  private static List<String> settings(MonitorConfig config) {
    return List.of(
        "topics.events=" + config.topics().events(),
        "monitor.pane=" + config.pane(),
        "monitor.seed=" + config.seed());
  }

  private static void requireSettings(Path checkpoint, MonitorConfig config) {
    Path file = checkpoint.resolveSibling(SETTINGS);
    if (!Files.exists(file)) {
      // A savepoint that was put elsewhere; whoever names it answers for it.
      return;
    }
    try {
      List<String> then = Files.readAllLines(file);
      for (String now : settings(config)) {
        if (!then.contains(now)) {
          String key = now.substring(0, now.indexOf('=') + 1);
          String before = then.stream().filter(line -> line.startsWith(key)).findFirst().orElse("");
          throw new MonitorException(
              now
                  + ": expected "
                  + before.substring(before.indexOf('=') + 1)
                  + ", as in checkpoint "
                  + checkpoint
                  + "; monitor.restore=none starts afresh",
              null);
        }
      }
    } catch (IOException e) {
      throw new MonitorException(file + ": cannot be read: " + e, e);
    }
  }

  /** The folders in {@code parent} that are named so, in the order of their numbers. */
  private static List<Path> numbered(Path parent, Pattern name) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> name.matcher(entry.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong(entry -> number(entry, name)))
          .toList();
    }
  }

  private static long number(Path folder, Pattern name) {
    Matcher matcher = name.matcher(folder.getFileName().toString());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(folder + ": expected " + name);
    }
    return Long.parseLong(matcher.group(1));
  }

  private static void remove(Path run) throws IOException {
    try (Stream<Path> tree = Files.walk(run)) {
      for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new MonitorException("checkpoints in " + folder + ": cannot be given back", e);
    }
  }
}
