package dev.parallax.ingest.fuzz;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.json.JsonMembers;
import dev.parallax.ingest.json.JsonTree;
import dev.parallax.ingest.json.JsonTree.NotJsonException;
import dev.parallax.ingest.json.JsonValue;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The tree that all JSON is read into. The text of each member of an object must be JSON again, of
 * the same value.
 *
 * @param bound of one reading
 */
record JsonTarget(Bound bound) implements FuzzTarget {

  private static final int MEMBERS = 8;

  @Override
  public String name() {
    return "json-tree";
  }

  @Override
  public List<byte[]> samples() {
    return SeedInputs.bodies();
  }

  @Override
  public void accept(byte[] input) {
    try {
      JsonValue value = bound.within(input.length, () -> read(input));
      if (value instanceof JsonValue.Obj object) {
        for (Map.Entry<String, JsonValue> member :
            object.members().entrySet().stream().limit(MEMBERS).toList()) {
          byte[] text = JsonMembers.textOf(input, member.getKey());
          require(same(JsonTree.read(text), member.getValue()), "a member whose text says else");
        }
      }
    } catch (RejectedBodyException e) {
      PayloadOracle.check(e.rejection());
    } catch (NotJsonException e) {
      throw new AssertionError("a member whose text is no JSON", e);
    }
  }

  private static JsonValue read(byte[] input) throws RejectedBodyException {
    try {
      return JsonTree.read(input);
    } catch (NotJsonException e) {
      throw new RejectedBodyException(Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private static boolean same(JsonValue one, JsonValue other) {
    if (!one.kind().equals(other.kind())) {
      return false;
    }
    if (one instanceof JsonValue.Obj object) {
      Map<String, JsonValue> members = ((JsonValue.Obj) other).members();
      return object.members().keySet().equals(members.keySet())
          && same(object.members().values().iterator(), members.values().iterator());
    }
    return one.elements().isPresent()
        ? same(one.elements().get().iterator(), other.elements().orElseThrow().iterator())
        : one.equals(other);
  }

  private static boolean same(Iterator<JsonValue> one, Iterator<JsonValue> other) {
    while (one.hasNext()) {
      if (!same(one.next(), other.next())) {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
