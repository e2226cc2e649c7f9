package dev.parallax.cli.config;

import dev.parallax.cli.CliException;
import dev.parallax.cli.Nearest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Keys given by a YAML file, nested or dotted. Only the tree of nodes is read, which builds no
 * objects and knows the line of every key.
 */
final class YamlFile {

  private static final int MAX_BYTES = 1 << 20;

  private final Path file;
  private final Map<ConfigKey<?>, Given> layer = new HashMap<>();

  private YamlFile(Path file) {
    this.file = file;
  }

  static Map<ConfigKey<?>, Given> read(Path file) {
    YamlFile yaml = new YamlFile(file);
    Optional<Node> root = yaml.compose();
    root.ifPresent(node -> yaml.section("", node));
    return yaml.layer;
  }

  private Optional<Node> compose() {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
        throw CliException.failure(file + ": expected a configuration file, this one is too large");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      throw syntaxMistake(e);
    } catch (YamlEngineException e) {
      throw CliException.failure(file + ": not a YAML document: " + e.getMessage(), e);
    } catch (IOException e) {
      throw CliException.failure(
          file + ": cannot read the configuration: " + Unreadable.because(e, file), e);
    }
  }

  private CliException syntaxMistake(MarkedYamlEngineException e) {
    String place =
        e.getProblemMark()
            .map(mark -> Origin.line(file, mark.getLine() + 1))
            .orElse(Origin.file(file))
            .place();
    return CliException.failure(place + ": not YAML: " + e.getProblem(), e);
  }

  private void section(String name, Node node) {
    if (isEmpty(node)) {
      return;
    }
    if (!(node instanceof MappingNode mapping)) {
      throw originOf(node)
          .mistake((name.isEmpty() ? "" : name + ": ") + "expected keys and values");
    }
    String prefix = name.isEmpty() ? "" : name + ".";
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw originOf(entry.getKeyNode()).mistake("expected a text as key");
      }
      entry(prefix + key.getValue(), originOf(key), entry.getValueNode());
    }
  }

  private void entry(String name, Origin origin, Node value) {
    Optional<ConfigKey<?>> key = ConfigKeys.named(name);
    if (key.isPresent()) {
      if (isEmpty(value)) {
        return;
      }
      if (layer.put(key.get(), new Given(items(name, value), origin)) != null) {
        throw origin.mistake(name + " is given twice");
      }
    } else if (ConfigKeys.isSection(name)) {
      section(name, value);
    } else {
      throw origin.mistake("unknown key " + name + Nearest.hint(name, ConfigKeys.namesLike(name)));
    }
  }

  private List<String> items(String name, Node value) {
    if (value instanceof ScalarNode scalar) {
      return List.of(scalar.getValue());
    }
    List<String> items = new ArrayList<>();
    if (value instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        if (!(item instanceof ScalarNode scalar)) {
          throw originOf(item).mistake(name + ": expected a list of texts");
        }
        items.add(scalar.getValue());
      }
      return items;
    }
    throw originOf(value).mistake(name + ": expected a value, found further keys");
  }

  private Origin originOf(Node node) {
    return node.getStartMark()
        .map(mark -> Origin.line(file, mark.getLine() + 1))
        .orElse(Origin.file(file));
  }

  private static boolean isEmpty(Node node) {
    return node.getTag().equals(Tag.NULL);
  }
}
