package dev.parallax.endtoend.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Rule files with one thing less: a rule, one of its labels, how long it waits or keeps on, or a
 * part of its expression ({@link QueryMutants}). A test that passes on one of them does not test
 * what was taken out.
 */
final class RuleMutants {

  private static final List<String> DURATIONS = List.of("for", "keep_firing_for");

  /**
   * A changed rule file.
   *
   * @param rule name of the alert or of the recorded series, with its place where that is not
   *     enough
   * @param change what was changed
   * @param file the whole file after that
   */
  record Mutant(String rule, String change, JsonNode file) {

    @Override
    public String toString() {
      return rule + ": " + change;
    }
  }

  private RuleMutants() {}

  /** The mutants of a rule file. */
  static List<Mutant> of(JsonNode file) {
    List<Mutant> mutants = new ArrayList<>();
    for (int group = 0; group < file.path("groups").size(); group++) {
      for (int rule = 0; rule < rules(file, group).size(); rule++) {
        addMutants(mutants, file, group, rule);
      }
    }
    return mutants;
  }

  private static void addMutants(List<Mutant> mutants, JsonNode file, int group, int at) {
    JsonNode rule = rules(file, group).get(at);
    String name = name(rule);
    JsonNode without = file.deepCopy();
    rules(without, group).remove(at);
    mutants.add(new Mutant(name, "without the rule", without));
    for (QueryMutants.Mutant query : QueryMutants.of(rule.path("expr").asText())) {
      mutants.add(new Mutant(name, query.change(), with(file, group, at, "expr", query.query())));
    }
    for (String field : DURATIONS) {
      if (rule.has(field)) {
        String value = rule.path(field).asText();
        mutants.add(new Mutant(name, "without " + field, with(file, group, at, field, "0s")));
        String twice = QueryMutants.doubled(value);
        mutants.add(new Mutant(name, "doubled " + field, with(file, group, at, field, twice)));
      }
    }
    for (Iterator<String> labels = rule.path("labels").fieldNames(); labels.hasNext(); ) {
      String label = labels.next();
      JsonNode changed = file.deepCopy();
      ((ObjectNode) rules(changed, group).get(at).path("labels")).remove(label);
      mutants.add(new Mutant(name, "without label " + label, changed));
    }
  }

  private static String name(JsonNode rule) {
    String name = rule.has("alert") ? rule.path("alert").asText() : rule.path("record").asText();
    JsonNode problem = rule.at("/labels/problem");
    return problem.isMissingNode() ? name : name + "{problem=" + problem.asText() + "}";
  }

  private static JsonNode with(JsonNode file, int group, int at, String field, String value) {
    JsonNode changed = file.deepCopy();
    ((ObjectNode) rules(changed, group).get(at)).put(field, value);
    return changed;
  }

  private static ArrayNode rules(JsonNode file, int group) {
    return (ArrayNode) file.path("groups").get(group).path("rules");
  }
}
