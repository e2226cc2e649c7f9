package dev.parallax.ingest.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.Side;
import dev.parallax.ingest.pairing.CallPairing.Now;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallPairingTest {

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final InMemoryKeyValueStore store = new InMemoryKeyValueStore("calls");
  private WaitingBytes waitingBytes = new WaitingBytes(1_000_000);
  private final List<String> ends = new ArrayList<>();
  private CallPairing pairing = pairing(10_000);
  private long position;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theHalvesMeetInEitherOrder(boolean requestFirst) {
    Half request = Halves.request("a", 1);
    Half response = Halves.response("a", 2);

    take(requestFirst ? request : response, 0);
    assertThat(ends).isEmpty();
    take(requestFirst ? response : request, 7);

    assertThat(ends).containsExactly("paired a after 7");
    assertThat(waitingBytes.now()).isZero();
  }

  @Test
  void aHalfIsGivenUpOnceItsWaitIsOverAndNotBefore() {
    take(Halves.request("a", 1), 0);
    take(Halves.response("b", 1), 1);

    advance(10_000);
    assertThat(ends).isEmpty();
    advance(10_002);

    assertThat(ends).containsExactly("unmatched-request a", "unmatched-response b");
    assertThat(waitingBytes.now()).isZero();
    advance(50_000);
    assertThat(ends).hasSize(2);
  }

  @Test
  void aWaitMustPassInTheStreamAndOnTheClock() {
    take(Halves.request("a", 1), 0);

    pairing.advance(new Now(1_000_000, 9_999));
    pairing.advance(new Now(10_000, 1_000_000));
    assertThat(ends).isEmpty();
    pairing.advance(new Now(10_001, 10_000));

    assertThat(ends).containsExactly("unmatched-request a");
  }

  @Test
  void aHalfThatComesAfterItsOtherOneWasGivenUpIsGivenUpAtOnce() {
    take(Halves.request("a", 1), 0);
    advance(10_001);

    take(Halves.response("a", 1), 10_002);
    take(Halves.response("a", 2), 10_003);

    assertThat(ends)
        .containsExactly("unmatched-request a", "unmatched-response a late", "repeat RESPONSE a");
  }

  @Test
  void furtherCopiesAreRepeatsBeforeAndAfterTheEnd() {
    take(Halves.request("a", 1), 0);
    take(Halves.request("a", 2), 1);
    take(Halves.response("a", 1), 2);
    take(Halves.request("a", 3), 3);
    take(Halves.response("a", 2), 4);

    assertThat(ends)
        .containsExactly(
            "repeat REQUEST a", "paired a after 2", "repeat REQUEST a", "repeat RESPONSE a");
  }

  @Test
  void theSameRecordReadAgainIsNotItsOwnRepeat() {
    take(Halves.request("a", 5), 0);
    take(Halves.request("a", 5), 3);
    take(Halves.response("a", 6), 4);
    take(Halves.request("a", 5), 5);
    take(Halves.response("a", 6), 6);

    assertThat(ends).containsExactly("paired a after 1", "paired a after 1");
  }

  @Test
  void whatWasGivenUpMayBeSentAgainAndWhatWasPairedMayNot() {
    take(Halves.request("a", 1), 0);
    advance(10_001);
    take(Halves.again(Halves.request("a", 1)), 10_002);
    take(Halves.again(Halves.response("a", 1)), 10_003);
    take(Halves.again(Halves.request("a", 2)), 10_004);

    assertThat(ends).containsExactly("unmatched-request a", "paired a after 1", "repeat REQUEST a");
  }

  @Test
  void aCallOfWhichNothingCameMayBeSentAgain() {
    Half request = Halves.request("fruitless", 1);
    Half response = Halves.response("fruitless", 1);
    take(request, 0);
    take(response, 1);
    take(Halves.request("fruitless", 2), 2);
    take(Halves.again(request), 3);
    take(Halves.again(response), 5);

    assertThat(ends)
        .containsExactly(
            "paired fruitless after 1", "repeat REQUEST fruitless", "paired fruitless after 2");
  }

  @Test
  void aCallIsForgottenAfterAWhile() {
    take(Halves.request("a", 1), 0);
    take(Halves.response("a", 1), 0);
    advance(60_000);
    assertThat(store.approximateNumEntries()).isEqualTo(1);
    advance(60_001);

    assertThat(store.approximateNumEntries()).isZero();
  }

  @Test
  void noMoreCallsAreRememberedThanMayBe() {
    pairing = pairing(2);
    for (String call : List.of("a", "b", "c")) {
      take(Halves.request(call, 1), 0);
      take(Halves.response(call, 1), 0);
    }

    assertThat(store.approximateNumEntries()).isEqualTo(2);
    assertThat(store.get(bytes("a"))).isNull();
  }

  @Test
  void theLongestWaitingGiveWayWhenTooManyBytesWait() {
    Half first = Halves.request("a", 1);
    long one = HalfCodec.encode(first).length + 25 + CallPairing.ENTRY_BYTES;
    waitingBytes = new WaitingBytes(2 * one);
    pairing = pairing(100);

    take(first, 0);
    take(Halves.request("b", 2), 1);
    assertThat(ends).isEmpty();
    assertThat(waitingBytes.now()).isEqualTo(2 * one);
    take(Halves.request("c", 3), 2);

    assertThat(ends).containsExactly("pairing-overflow a");
    assertThat(waitingBytes.now()).isEqualTo(2 * one);
  }

  @Test
  void afterARestartTheStoreIsEnough() {
    take(Halves.request("a", 1), 0);
    take(Halves.request("b", 2), 3);
    take(Halves.response("b", 2), 3);
    long before = waitingBytes.now();
    pairing.close();
    assertThat(waitingBytes.now()).isZero();

    pairing = pairing(100);

    assertThat(waitingBytes.now()).isEqualTo(before);
    take(Halves.response("b", 3), 4);
    advance(10_001);
    assertThat(ends)
        .containsExactly("paired b after 0", "repeat RESPONSE b", "unmatched-request a");
    advance(100_000);
    assertThat(store.approximateNumEntries()).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void everyHalfEndsExactlyOnceWhateverTheOrder(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> expected = new HashMap<>();
    NavigableMap<Long, Function<Long, Half>> halves = new TreeMap<>();
    for (int i = 0; i < 2_000; i++) {
      String call = "call-" + i;
      boolean requestLost = random.nextInt(100) == 0;
      boolean responseLost = !requestLost && random.nextInt(100) == 0;
      boolean repeated = random.nextInt(50) == 0;
      Function<Long, Half> request = offset -> Halves.request(call, offset);
      Function<Long, Half> response = offset -> Halves.response(call, offset);
      if (!requestLost) {
        halves.put(soonAfter(i, random), request);
      }
      if (!responseLost) {
        halves.put(soonAfter(i, random), response);
      }
      if (repeated) {
        halves.put(soonAfter(i, random), requestLost ? response : request);
        expected.merge("repeat", 1, Integer::sum);
      }
      expected.merge(
          requestLost ? "unmatched-response" : responseLost ? "unmatched-request" : "paired",
          1,
          Integer::sum);
    }
    long offset = 0;
    long now = 0;
    for (Map.Entry<Long, Function<Long, Half>> half : halves.entrySet()) {
      now = half.getKey() / 1_000_000;
      take(half.getValue().apply(offset++), now);
      advance(now);
    }
    advance(now + 10_001);

    Map<String, Integer> found = new HashMap<>();
    ends.forEach(end -> found.merge(end.split(" ", 2)[0], 1, Integer::sum));
    assertThat(found).isEqualTo(expected);
    assertThat(waitingBytes.now()).isZero();
  }

  /** A time in nanoseconds within the wait of the call, which nothing else has. */
  private static long soonAfter(int call, Random random) {
    return (call * 10L + random.nextInt(9_999)) * 1_000_000 + random.nextInt(1_000_000);
  }

  private void advance(long now) {
    pairing.advance(new Now(now, now));
  }

  private void take(Half half, long now) {
    byte[] encoded = HalfCodec.encode(half);
    pairing.take(
        bytes(half.names().id().orElseThrow()), half, encoded, position++, new Now(now, now));
  }

  private CallPairing pairing(int mostRemembered) {
    return new CallPairing(
        store, WAIT, REMEMBERED, mostRemembered, waitingBytes, new RecordedEnds(), 0);
  }

  private static Bytes bytes(String call) {
    return Bytes.wrap(call.getBytes(StandardCharsets.UTF_8));
  }

  private final class RecordedEnds implements CallPairing.Ends {

    @Override
    public boolean paired(Half request, Half response, long at, long waitedMillis) {
      assertThat(request.side()).isEqualTo(Side.REQUEST);
      assertThat(response.side()).isEqualTo(Side.RESPONSE);
      assertThat(request.names().id()).isEqualTo(response.names().id());
      ends.add("paired " + id(request) + " after " + waitedMillis);
      return !id(request).equals("fruitless");
    }

    @Override
    public void repeat(Half half, long at) {
      ends.add("repeat " + half.side() + " " + id(half));
    }

    @Override
    public void late(Half half, Rejection rejection, long at) {
      ends.add(rejection.reason().label() + " " + id(half) + " late");
    }

    @Override
    public void givenUp(Half half, Rejection rejection, long at) {
      assertThat(rejection.reason())
          .isIn(Reason.UNMATCHED_REQUEST, Reason.UNMATCHED_RESPONSE, Reason.PAIRING_OVERFLOW);
      ends.add(rejection.reason().label() + " " + id(half));
    }

    private String id(Half half) {
      return half.names().id().orElseThrow();
    }
  }
}
