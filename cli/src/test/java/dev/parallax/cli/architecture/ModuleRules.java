package dev.parallax.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of the modules, for all that lies under one package.
 *
 * @param root {@code dev.parallax}, or the package of a fixture
 */
record ModuleRules(String root) {

  /** All of them: {@code core ← onnx ← jobs ← cli, core ← ingest ← cli, core ← exporter ← cli}. */
  List<ArchRule> all() {
    List<ArchRule> rules = new ArrayList<>();
    rules.add(coreUsesOnlyTheJdkAndEjml());
    rules.add(sees("onnx", "core"));
    rules.add(sees("jobs", "core", "onnx"));
    rules.add(sees("ingest", "core"));
    rules.add(sees("exporter", "core"));
    rules.add(nothingDeserialisesJavaObjects());
    rules.add(onlyTheCommandPrints());
    return rules;
  }

  ArchRule coreUsesOnlyTheJdkAndEjml() {
    return classes()
        .that()
        .resideInAPackage(module("core"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            module("core"), "java..", "javax.crypto..", "org.ejml..", "org.jspecify..");
  }

  /** Of our modules, {@code module} sees only {@code seen}. */
  ArchRule sees(String module, String... seen) {
    List<String> allowed = Stream.concat(Stream.of(module), Stream.of(seen)).toList();
    String[] hidden =
        Stream.of("core", "onnx", "jobs", "ingest", "exporter", "cli")
            .filter(other -> !allowed.contains(other))
            .map(this::module)
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(module(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(hidden);
  }

  /** Bytes from a topic or a file never choose the class that reads them. */
  ArchRule nothingDeserialisesJavaObjects() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class);
  }

  ArchRule onlyTheCommandPrints() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            module("core"), module("onnx"), module("jobs"), module("ingest"), module("exporter"))
        .should(ACCESS_STANDARD_STREAMS);
  }

  String module(String name) {
    return root + "." + name + "..";
  }
}
