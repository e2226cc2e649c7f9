package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.translation.Translation;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BaselineWireTest {

  private static BaselineRecord record() {
    SeriesState state = StateScenario.states().get("armed");
    Learning.Armed armed = (Learning.Armed) state.learning().orElseThrow();
    AaReport report = AaStudy.report(armed.baseline(), armed.plan(), Follower.SETTINGS);
    return new BaselineRecord(
        state.series(),
        BaselineRecord.State.RETIRED,
        Optional.of(armed.baseline()),
        report,
        Optional.of(new Arming(new Approval("ada", 5, Optional.of("why not")), 6)),
        OptionalLong.of(7));
  }

  @Test
  void aRecordIsReadAsItWasWritten() throws IOException {
    BaselineRecord record = record();
    BaselineRecord read = (BaselineRecord) BaselineWire.read(BaselineWire.write(record));

    assertThat(read.withoutContent()).isEqualTo(record.withoutContent());
    assertThat(BaselineWire.write(read)).isEqualTo(BaselineWire.write(record));
    assertThat(read.content()).isPresent();
    assertThat(BaselineWire.readWithoutContent(BaselineWire.write(record)))
        .isEqualTo(record.withoutContent());
    assertThat(BaselineWire.readOrder(BaselineWire.write(record))).isEmpty();
  }

  @Test
  void theContentOfABaselineThatIsTooLargeForARecordIsLeftOut() throws IOException {
    BaselineRecord record = record();
    BaselineRecord large = wide(record, BaselineWire.MAX_BYTES / (2 * Float.BYTES));
    byte[] bytes = BaselineWire.write(large);
    BaselineRecord read = (BaselineRecord) BaselineWire.read(bytes);

    assertThat(bytes).hasSizeLessThan(10_000);
    assertThat(read).isEqualTo(large.withoutContent());
    assertThat(read.key()).isEqualTo(record.key());
    assertThat(BaselineWire.write(wide(record, BaselineWire.MAX_BYTES / (2 * Float.BYTES) - 2048)))
        .hasSizeBetween(BaselineWire.MAX_BYTES - 16_384, BaselineWire.MAX_BYTES);
  }

  /** The same with a translation of so many entries. */
  private static BaselineRecord wide(BaselineRecord record, int entries) {
    Baseline b = record.content().orElseThrow();
    BaselineSpace space = b.space();
    BaselineSpace wide =
        new BaselineSpace(
            new Translation(new float[1], new float[entries], new float[entries], 0.1),
            space.leverage(),
            space.strata(),
            space.basis(),
            space.traffic());
    Baseline content =
        new Baseline(
            b.id(),
            wide,
            b.expected(),
            b.residuals(),
            b.shuffledResidual(),
            b.leverage(),
            b.ranges(),
            b.holdOut(),
            b.moments(),
            b.panes());
    return new BaselineRecord(
        record.series(),
        record.state(),
        Optional.of(content),
        record.report(),
        record.arming(),
        record.until());
  }

  @Test
  void anOrderIsReadAsItWasWritten() throws IOException {
    for (BaselineOrder.Kind kind : BaselineOrder.Kind.values()) {
      BaselineOrder order =
          new BaselineOrder(kind, record().series(), "id", new Approval("a", 1, Optional.empty()));

      assertThat(BaselineWire.read(BaselineWire.write(order))).isEqualTo(order);
      assertThat(BaselineWire.readOrder(BaselineWire.write(order))).contains(order);
      assertThat(BaselineWire.readWithoutContent(BaselineWire.write(order))).isEqualTo(order);
      assertThat(order.key()).startsWith("mod\u00e8le|1|reference|lang=fr|id|");
    }
  }

  @Test
  void whatIsNotOneIsRefused() {
    byte[] later = BaselineWire.write(record());
    later[1] = 2;

    assertThatThrownBy(() -> BaselineWire.read(later))
        .isInstanceOf(IOException.class)
        .hasMessage("baseline topic: expected version 1, got 2");
    assertThatThrownBy(() -> BaselineWire.read(new byte[] {9, 1}))
        .hasMessage("baseline topic: unknown kind of record 9");
    assertThatThrownBy(() -> BaselineWire.readOrder(new byte[0])).isInstanceOf(IOException.class);
  }
}
