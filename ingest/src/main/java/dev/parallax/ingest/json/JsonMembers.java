package dev.parallax.ingest.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parallax.ingest.json.JsonTree.NotJsonException;
import java.io.IOException;
import java.util.Arrays;

/**
 * The text of a JSON object's members, as it was written: a tree forgets how many digits a number
 * had.
 */
public final class JsonMembers {

  private JsonMembers() {}

  /**
   * The text of the member {@code name} of the object that {@code utf8} is; none if it has no such
   * member.
   *
   * @throws NotJsonException if it is no JSON object, up to that member
   */
  public static byte[] textOf(byte[] utf8, String name) throws NotJsonException {
    try (JsonParser parser = JsonTree.parser(utf8, 0, utf8.length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new NotJsonException("expected an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(name);
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        if (wanted) {
          int end = (int) parser.currentLocation().getByteOffset();
          return Arrays.copyOfRange(utf8, start, end);
        }
      }
      return new byte[0];
    } catch (IOException e) {
      throw JsonTree.notJson(e);
    }
  }
}
