package dev.parallax.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.RejectedBodyException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundTest {

  private static final Bound BOUND = new Bound(10, 1_000);

  @Test
  void whatStaysWithinTheBoundIsHandedOn() throws RejectedBodyException {
    assertThat(BOUND.within(100, () -> new byte[1_000])).hasSize(1_000);
  }

  @Test
  void whatTakesMoreOfEveryTimeIsRefused() {
    assertThatThrownBy(() -> BOUND.within(100, () -> new byte[2_001]))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("100 bytes");
  }

  @Test
  void whatTakesMoreTheFirstTimesAloneIsHandedOn() {
    AtomicInteger runs = new AtomicInteger();
    assertThatCode(
            () -> BOUND.within(100, () -> new byte[runs.incrementAndGet() < 3 ? 10_000 : 100]))
        .doesNotThrowAnyException();
  }

  @Test
  void aRejectionThatTakesTooMuchIsRefusedToo() {
    assertThatThrownBy(() -> BOUND.within(0, () -> rejection(new byte[5_000])))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> BOUND.within(0, () -> rejection(new byte[0])))
        .isInstanceOf(RejectedBodyException.class);
  }

  private static byte[] rejection(byte[] taken) throws RejectedBodyException {
    throw new RejectedBodyException(Reason.MALFORMED, taken.length + " bytes");
  }
}
