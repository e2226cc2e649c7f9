package dev.parallax.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;

/**
 * Makes parsers of bytes that are UTF-8, whatever they look like, and that remember no names.
 *
 * <p>Jackson's own factory guesses UTF-16 and UTF-32 too, and its parsers of bytes share a table of
 * names: it keeps strangers' keys beyond their record, and once full a single new key copies 300
 * KB. Without the table it decodes characters first, and then knows no offsets in bytes.
 */
final class Utf8JsonFactory extends JsonFactory {
  private static final long serialVersionUID = 1L;

  Utf8JsonFactory(JsonFactoryBuilder options) {
    super(options);
  }

  @Override
  protected JsonParser _createParser(byte[] data, int offset, int length, IOContext context) {
    return new UTF8StreamJsonParser(
        context,
        _parserFeatures,
        null,
        _objectCodec,
        ByteQuadsCanonicalizer.createRoot().makeChild(_factoryFeatures),
        data,
        offset,
        offset + length,
        0,
        false);
  }
}
