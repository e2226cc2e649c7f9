package dev.parallax.endtoend.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.endtoend.RepositoryFiles;

/** The lists beside these tests. */
final class TestResources {

  private TestResources() {}

  static JsonNode yaml(String name) {
    return RepositoryFiles.yaml("end-to-end-tests/src/test/resources/dashboards/" + name);
  }
}
