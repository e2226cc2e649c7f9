package dev.parallax.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in a made-up checkout, with a Maven and a Java that only say what they do.
 */
class LauncherTest {

  private static final String FAKE_MAVEN =
      """
      #!/bin/sh
      echo "[INFO] maven ran with $*"
      if [ -e broken ]; then
        echo "[ERROR] Foo.java:[3,1] ';' expected"
        exit 1
      fi
      mkdir -p cli/target/lib
      touch cli/target/parallax-cli-1.jar
      """;

  private static final String FAKE_JAVA =
      """
      #!/bin/sh
      for argument in "$@"; do echo "<$argument>"; done
      """;

  @TempDir Path folder;
  private Path checkout;
  private Path jdk;

  @BeforeEach
  void makeCheckout() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
    checkout = Files.createDirectories(folder.resolve("a check out"));
    Files.copy(Path.of("../parallax"), checkout.resolve("parallax"));
    script(checkout.resolve("mvnw"), FAKE_MAVEN);
    Files.writeString(checkout.resolve("pom.xml"), "");
    for (String module :
        List.of("core", "onnx-models", "ingest", "stream-jobs", "exporter", "cli")) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.writeString(checkout.resolve(module).resolve("pom.xml"), "");
    }
    jdk = jdk("17.0.2");
  }

  @Test
  void buildsOnFirstUseAndPassesEveryArgumentOn() throws Exception {
    Ran ran = launch("score", "--production", "a b.npy");

    assertThat(ran.exitCode).isZero();
    assertThat(ran.err).contains("parallax: building").contains("parallax: built in 0:0");
    assertThat(ran.out)
        .endsWith("<dev.parallax.cli.Parallax>\n<score>\n<--production>\n<a b.npy>\n")
        .contains(
            "<%1$s/cli/target/parallax-cli-1.jar:%1$s/cli/target/lib/*>"
                .formatted(checkout.toRealPath()))
        .doesNotContain("--enable-native-access");
  }

  @Test
  void buildsAgainOnlyWhenASourceIsNewer() throws Exception {
    launch("version");
    assertThat(launch("version").err).isEmpty();

    Path source = Files.writeString(checkout.resolve("core/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));

    assertThat(launch("version").err).contains("parallax: built in");
  }

  @Test
  void leavesOutLibrariesOfAnOlderList() throws Exception {
    launch("version");
    Path old = Files.writeString(checkout.resolve("cli/target/lib/old-1.jar"), "");
    Files.setLastModifiedTime(
        checkout.resolve("cli/pom.xml"), FileTime.from(Instant.now().plusSeconds(2)));

    launch("version");

    assertThat(old).doesNotExist();
  }

  @Test
  void worksThroughALinkFromAnotherFolder() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), checkout.resolve("parallax"));

    assertThat(run(Map.of("JAVA_HOME", jdk.toString()), link.toString(), "version").out)
        .contains(checkout.toRealPath() + "/cli/target/lib/*");
  }

  @Test
  void aBuildThatFailsShowsWhyAndWhereTheLogIs() throws Exception {
    Files.writeString(checkout.resolve("broken"), "");

    Ran ran = launch("version");

    assertThat(ran.exitCode).isEqualTo(1);
    assertThat(ran.out).isEmpty();
    assertThat(ran.err)
        .contains("[ERROR] Foo.java:[3,1] ';' expected")
        .contains("parallax: the build failed")
        .contains("target/launcher-build.log");
    assertThat(Files.readString(checkout.resolve("target/launcher-build.log")))
        .contains("maven ran with");
  }

  @Test
  void namesWhatItFoundWhereThereIsNoFittingJdk() throws Exception {
    Path jre = jdk("21");
    Files.delete(jre.resolve("bin/javac"));
    Path old = jdk("1.8.0_392");

    Ran first = runWithoutJava(Map.of("JAVA_HOME", jre.toString()));
    Ran second = runWithoutJava(Map.of("JAVA_HOME", old.toString()));

    assertThat(first.exitCode).isEqualTo(1);
    assertThat(first.err)
        .contains("a JDK of version 17 or newer is needed")
        .contains("Java 21 without a compiler (a JRE) in " + jre);
    assertThat(second.err).contains("Java 8 in " + old);
  }

  @Test
  void addsTheOptionsOfTheUserAfterItsOwn() throws Exception {
    Ran ran =
        run(
            Map.of("JAVA_HOME", jdk("22.0.1").toString(), "PARALLAX_JAVA_OPTS", "-Xmx1g -Da=b"),
            checkout.resolve("parallax").toString(),
            "version");

    assertThat(ran.out.indexOf("<-Xmx2g>")).isLessThan(ran.out.indexOf("<-Xmx1g>\n<-Da=b>\n"));
    assertThat(ran.out).contains("<--enable-native-access=ALL-UNNAMED>");
  }

  @Test
  void buildsAgainWhenTheOptionsOfTheBuildAreOthers() throws Exception {
    String[] command = {checkout.resolve("parallax").toString(), "version"};
    Map<String, String> gpu = Map.of("JAVA_HOME", jdk.toString(), "PARALLAX_BUILD_OPTS", "-Pgpu");
    launch("version");

    assertThat(run(gpu, command).err).contains("parallax: built in");
    assertThat(Files.readString(checkout.resolve("target/launcher-build.log"))).contains(" -Pgpu ");
    assertThat(run(gpu, command).err).isEmpty();
    assertThat(launch("version").err).contains("parallax: built in");
  }

  private Path jdk(String version) throws IOException {
    Path home = folder.resolve("jdk-" + version);
    Files.createDirectories(home.resolve("bin"));
    script(home.resolve("bin/java"), FAKE_JAVA);
    script(home.resolve("bin/javac"), FAKE_JAVA);
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void script(Path path, String text) throws IOException {
    Files.writeString(path, text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ran launch(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("parallax").toString()));
    command.addAll(Arrays.asList(arguments));
    return run(Map.of("JAVA_HOME", jdk.toString()), command.toArray(String[]::new));
  }

  /** Hides every JDK of this machine: the search of well-known folders is cut out of the script. */
  private Ran runWithoutJava(Map<String, String> environment) throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : List.of("bash", "sed", "head", "dirname", "readlink", "env")) {
      script(tools.resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
    }
    Path script = checkout.resolve("parallax");
    Files.writeString(script, Files.readString(script).replace("/usr/lib/jvm/", "/nowhere/"));
    Map<String, String> all = new HashMap<>(environment);
    all.put("PATH", tools.toString());
    return run(all, script.toString(), "version");
  }

  private Ran run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("PARALLAX_JAVA_OPTS");
    builder.environment().remove("PARALLAX_BUILD_OPTS");
    builder.environment().putAll(environment);
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = builder.redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), out, Files.readString(err));
  }

  private record Ran(int exitCode, String out, String err) {}
}
