package dev.parallax.jobs.sample;

import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * {@link MergeSample} at work. When all events pause, time stands still behind it: nothing says
 * that it is idle, since the ways from here on meet again.
 *
 * <p>Were they idle, the one that hears first of further events would set the time for all where
 * they meet, ahead of panes that are still under way on another; and a source without time, such as
 * that of orders, would be taken for the end of it.
 *
 * <p>The end of the input is the end of time even where it comes in a pause, in which the end that
 * sources announce is passed over.
 */
public final class MergeOperator extends KeyedProcessOperator<String, SamplePart, PaneSample>
    implements BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private transient boolean ended;

  /** An operator that merges samples made by the same {@code settings}. */
  public MergeOperator(SampleSettings settings) {
    super(new MergeSample(settings));
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // Its watermarks say all that there is to say.
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    ended = mark.getTimestamp() == Long.MAX_VALUE;
    super.processWatermark(mark);
  }

  @Override
  public void endInput() throws Exception {
    if (!ended) {
      processWatermark(Watermark.MAX_WATERMARK);
    }
  }
}
