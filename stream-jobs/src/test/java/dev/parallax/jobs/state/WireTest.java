package dev.parallax.jobs.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class WireTest {

  private static final int PAIRS = 1024;
  private static final int WIDTH = 768;

  /** Flink reads a pane of this size from a file, where each call costs. */
  @Test
  void rowsAreWrittenAndReadARowAtATime() throws IOException {
    float[][] rows = new float[PAIRS][WIDTH];
    for (int i = 0; i < PAIRS; i++) {
      for (int j = 0; j < WIDTH; j++) {
        rows[i][j] = (i - 500) / (j + 1f);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CountedOutput written = new CountedOutput(bytes);
    Wire.writeRows(rows, new DataOutputStream(written));
    CountedInput read = new CountedInput(new ByteArrayInputStream(bytes.toByteArray()));

    assertThat(Wire.readRows(new DataInputStream(read))).isDeepEqualTo(rows);

    // The two sizes are some calls, too.
    assertThat(written.calls).isLessThanOrEqualTo(PAIRS + 8);
    assertThat(read.calls).isLessThanOrEqualTo(PAIRS + 8);
  }

  @Test
  void rowsAreBigEndianBehindTheirNumberAndLength() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Wire.writeRows(new float[][] {{1f, -2f}}, new DataOutputStream(bytes));

    assertThat(bytes.toByteArray())
        .containsExactly(0, 0, 0, 1, 0, 0, 0, 2, 0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0);
  }

  @Test
  void noRowsAreNone() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Wire.writeRows(new float[0][], new DataOutputStream(bytes));

    assertThat(Wire.readRows(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
        .isEmpty();
  }

  private static final class CountedInput extends FilterInputStream {
    private int calls;

    CountedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      calls++;
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      calls++;
      return super.read(bytes, from, length);
    }
  }

  private static final class CountedOutput extends FilterOutputStream {
    private int calls;

    CountedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      calls++;
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      calls++;
      out.write(bytes, from, length);
    }
  }
}
