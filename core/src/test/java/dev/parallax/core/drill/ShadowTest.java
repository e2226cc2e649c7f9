package dev.parallax.core.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShadowTest {

  @Test
  void isToldByItsNameAlone() {
    assertThat(Shadow.of("search-embedder")).isEqualTo("drill.search-embedder");
    assertThat(Shadow.is(Shadow.of("search-embedder"))).isTrue();
    assertThat(Shadow.is("drillbit-search")).isFalse();
    assertThat(Shadow.is("search.drill.x")).isFalse();
  }
}
