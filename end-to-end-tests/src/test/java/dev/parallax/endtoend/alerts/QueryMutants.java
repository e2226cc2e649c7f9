package dev.parallax.endtoend.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything that can be taken out of a PromQL expression: each operand, matcher, label, function
 * and offset; numbers and durations are doubled. It reads the part of the language that our rules
 * are written in, and refuses what it does not know.
 *
 * <p>A recursive descent by precedence. Each method returns where what it read begins, and notes
 * the mutants on the way.
 */
final class QueryMutants {

  /**
   * A changed expression.
   *
   * @param change what was changed, and where
   * @param query the expression after that
   */
  record Mutant(String change, String query) {}

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\"[^\"]*\"|[A-Za-z_:][A-Za-z0-9_:]*|\\d+(?:ms|[smhdwy])|\\d+(?:\\.\\d+)?"
              + "|==|!=|>=|<=|=~|!~|[-+*/%^<>=(){}\\[\\],])");

  private static final Map<String, Integer> PRECEDENCE =
      Map.ofEntries(
          Map.entry("or", 1),
          Map.entry("and", 2),
          Map.entry("unless", 2),
          Map.entry("==", 3),
          Map.entry("!=", 3),
          Map.entry(">", 3),
          Map.entry("<", 3),
          Map.entry(">=", 3),
          Map.entry("<=", 3),
          Map.entry("+", 4),
          Map.entry("-", 4),
          Map.entry("*", 5),
          Map.entry("/", 5),
          Map.entry("%", 5));

  private static final Set<String> AGGREGATIONS =
      Set.of("sum", "min", "max", "avg", "count", "group");

  private record Token(String text, int start, int end) {}

  /** What was read: its place, and whether it is a vector of samples at one time. */
  private record Part(int start, int end, boolean instant) {}

  private final String query;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Mutant> mutants = new ArrayList<>();
  private int next;

  private QueryMutants(String query) {
    this.query = query;
    Matcher matcher = TOKEN.matcher(query);
    int at = 0;
    while (matcher.find(at) && matcher.start() == at) {
      tokens.add(new Token(matcher.group(1), matcher.start(1), matcher.end(1)));
      at = matcher.end();
    }
    if (!query.substring(at).isBlank()) {
      throw new IllegalArgumentException("cannot read from here on: " + query.substring(at));
    }
  }

  /** The mutants of {@code query}, none twice. */
  static List<Mutant> of(String query) {
    QueryMutants reader = new QueryMutants(query.strip());
    reader.expression(1);
    if (reader.next < reader.tokens.size()) {
      throw new IllegalArgumentException("cannot read " + reader.peek() + " in " + query);
    }
    return reader.mutants.stream().distinct().toList();
  }

  private Part expression(int least) {
    Part left = unary();
    while (PRECEDENCE.getOrDefault(peek(), 0) >= least) {
      String operator = take();
      if (Set.of("on", "ignoring").contains(peek())) {
        take();
        labels(operator + " matches without");
      }
      if (Set.of("group_left", "group_right").contains(peek())) {
        take();
        labels(operator + " groups without");
      }
      Part right = expression(PRECEDENCE.get(operator) + 1);
      Part both = new Part(left.start, right.end, left.instant || right.instant);
      note("left of " + operator + " alone", both, text(left));
      note("right of " + operator + " alone", both, text(right));
      left = both;
    }
    return left;
  }

  private Part unary() {
    if (peek().equals("-")) {
      int start = tokens.get(next).start;
      take();
      Part operand = unary();
      Part whole = new Part(start, operand.end, operand.instant);
      note("without the sign", whole, text(operand));
      return whole;
    }
    return primary();
  }

  private Part primary() {
    Token token = tokens.get(next);
    if (token.text.equals("(")) {
      take();
      expression(1);
      expect(")");
      return upToHere(token, true);
    }
    if (Character.isDigit(token.text.charAt(0))) {
      take();
      Part number = upToHere(token, false);
      note("doubled " + token.text, number, doubled(token.text));
      return number;
    }
    take();
    return switch (peek()) {
      case "by", "without" -> aggregation(token);
      case "(" -> AGGREGATIONS.contains(token.text) ? aggregation(token) : call(token);
      default -> selector(token);
    };
  }

  private Part aggregation(Token name) {
    if (!peek().equals("(")) {
      String clause = take();
      labels(name.text + " " + clause + " without");
    }
    return call(name);
  }

  private Part call(Token name) {
    expect("(");
    List<Part> arguments = new ArrayList<>();
    while (!peek().equals(")")) {
      arguments.add(expression(1));
      if (peek().equals(",")) {
        take();
      }
    }
    expect(")");
    Part whole = upToHere(name, !name.text.equals("scalar"));
    if (arguments.size() == 1 && (arguments.get(0).instant || name.text.equals("vector"))) {
      note("without " + name.text, whole, "(" + text(arguments.get(0)) + ")");
    }
    return whole;
  }

  private Part selector(Token name) {
    if (peek().equals("{")) {
      take();
      while (!peek().equals("}")) {
        Token label = tokens.get(next);
        next += 3;
        int end = tokens.get(next - 1).end;
        String matcher = query.substring(label.start, end);
        boolean comma = peek().equals(",");
        if (comma) {
          end = tokens.get(next).end;
          take();
        }
        note("without " + matcher, new Part(label.start, end, false), "");
      }
      expect("}");
    }
    boolean range = peek().equals("[");
    if (range) {
      take();
      duration();
      expect("]");
    }
    if (peek().equals("offset")) {
      int start = tokens.get(next).start;
      take();
      duration();
      note("without offset", new Part(start, tokens.get(next - 1).end, false), "");
    }
    return upToHere(name, !range);
  }

  private void duration() {
    Token token = tokens.get(next);
    take();
    note("doubled " + token.text, new Part(token.start, token.end, false), doubled(token.text));
  }

  private void labels(String change) {
    if (!peek().equals("(")) {
      return;
    }
    take();
    while (!peek().equals(")")) {
      Token label = tokens.get(next);
      take();
      int end = label.end;
      if (peek().equals(",")) {
        end = tokens.get(next).end;
        take();
      }
      note(change + " " + label.text, new Part(label.start, end, false), "");
    }
    expect(")");
  }

  private Part upToHere(Token first, boolean instant) {
    return new Part(first.start, tokens.get(next - 1).end, instant);
  }

  /** Notes what the expression is with {@code part} replaced; a comma may be left at an end. */
  private void note(String change, Part part, String replacement) {
    String changed = query.substring(0, part.start) + replacement + query.substring(part.end);
    String around =
        query.substring(part.start, Math.min(part.end, part.start + 60)).replaceAll("\\s+", " ");
    mutants.add(
        new Mutant(
            change + " at " + part.start + " (" + around + ")",
            changed.replaceAll(",\\s*([)}])", "$1")));
  }

  /** Twice a number or duration; of zero, one. */
  static String doubled(String number) {
    Matcher matcher = Pattern.compile("(\\d+)(\\.\\d+)?(\\D*)").matcher(number);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("number=" + number + ": expected digits and a unit");
    }
    if (matcher.group(2) != null) {
      return Double.toString(2 * Double.parseDouble(number));
    }
    long value = Long.parseLong(matcher.group(1));
    return (value == 0 ? 1 : 2 * value) + matcher.group(3);
  }

  private String text(Part part) {
    return query.substring(part.start, part.end);
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next).text : "";
  }

  private String take() {
    return tokens.get(next++).text;
  }

  private void expect(String text) {
    if (!peek().equals(text)) {
      throw new IllegalArgumentException("expected " + text + ", got " + peek() + " in " + query);
    }
    take();
  }
}
