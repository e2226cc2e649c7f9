package dev.parallax.cli.demo.models;

import dev.parallax.cli.demo.traffic.CorpusText;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.InputKeyHasher;
import java.util.List;

/** The inputs of the demo with their keys; planned events refer to them by index. */
public final class DemoInputs {

  private final List<CorpusText> texts;
  private final List<InputKey> keys;

  /** Inputs with the keys that {@code hasher} gives them. */
  public DemoInputs(List<CorpusText> texts, InputKeyHasher hasher) {
    this.texts = List.copyOf(texts);
    this.keys = texts.stream().map(text -> hasher.keyOf(text.text())).toList();
  }

  /** Number of inputs. */
  public int size() {
    return texts.size();
  }

  /** Input {@code index}. */
  public CorpusText text(int index) {
    return texts.get(index);
  }

  /** Key of input {@code index}. */
  public InputKey key(int index) {
    return keys.get(index);
  }
}
