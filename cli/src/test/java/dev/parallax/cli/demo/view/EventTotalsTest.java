package dev.parallax.cli.demo.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTotalsTest {

  @Test
  void bothIdentitiesMustHold() {
    assertThat(new EventTotals(110, 100, 70, 20, 10, 4, 6).balances()).isTrue();
    assertThat(new EventTotals(111, 100, 70, 20, 10, 4, 6).balances()).isFalse();
    assertThat(new EventTotals(110, 100, 71, 20, 10, 4, 6).balances()).isFalse();
    assertThat(EventTotals.NONE.balances()).isTrue();
  }
}
