package dev.parallax.benchmarks.providers;

import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import dev.parallax.onnx.runtime.SessionSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Embedding texts of 18 tokens, tokenizing included.
 *
 * @param encoder id of a bundled encoder
 * @param texts in a call, all of one length and so, unless the model is quantised, in one run
 */
record Encode(String encoder, int texts) implements Workload {

  @Override
  public String name() {
    return encoder + ", " + texts + (texts == 1 ? " text" : " texts");
  }

  @Override
  public boolean processorOnly() {
    return manifest().quantised();
  }

  private EncoderManifest manifest() {
    return BundledEncoders.manifest(encoder);
  }

  /** Of any component of vectors of unit length. */
  @Override
  public double tolerance() {
    return 1e-4;
  }

  @Override
  public Prepared open(SessionSettings settings) {
    OnnxSentenceEncoder opened = OnnxSentenceEncoder.open(manifest(), settings);
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < texts; i++) {
      sentences.add(
          "A river runs under the old bridge and " + (10 + i) + " tired people watch it go by.");
    }
    return new Prepared() {
      @Override
      public double[] call() {
        float[] last = opened.encode(sentences)[texts - 1];
        double[] answer = new double[last.length];
        for (int j = 0; j < last.length; j++) {
          answer[j] = last[j];
        }
        return answer;
      }

      @Override
      public int items() {
        return texts;
      }

      @Override
      public void close() {
        opened.close();
      }
    };
  }
}
