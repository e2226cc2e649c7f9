package dev.parallax.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleRulesTest {

  private static final ModuleRules PRODUCT = new ModuleRules("dev.parallax");
  private static final ModuleRules FIXTURE =
      new ModuleRules("dev.parallax.cli.architecture.fixture");

  private static final JavaClasses PRODUCT_CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(PRODUCT.root());
  private static final JavaClasses FIXTURE_CLASSES =
      new ClassFileImporter().importPackages(FIXTURE.root());

  @ParameterizedTest
  @MethodSource("productRules")
  void theModulesKeepToTheirDirections(ArchRule rule) {
    rule.check(PRODUCT_CLASSES);
  }

  @ParameterizedTest
  @MethodSource("fixtureRules")
  void everyRuleIsBrokenByTheFixtureThatBreaksIt(ArchRule rule) {
    EvaluationResult result = rule.evaluate(FIXTURE_CLASSES);

    assertThat(result.hasViolation()).as(rule.getDescription()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "onnx", "jobs", "ingest", "exporter", "cli"})
  void everyModuleIsThereToBeChecked(String module) {
    assertThat(PRODUCT_CLASSES)
        .anyMatch(type -> type.getPackageName().startsWith(PRODUCT.root() + "." + module));
  }

  @Test
  void theFixturesAreNotPartOfTheProduct() {
    assertThat(PRODUCT_CLASSES).noneMatch(type -> type.getPackageName().startsWith(FIXTURE.root()));
  }

  static Stream<ArchRule> productRules() {
    return PRODUCT.all().stream();
  }

  static Stream<ArchRule> fixtureRules() {
    return FIXTURE.all().stream();
  }
}
