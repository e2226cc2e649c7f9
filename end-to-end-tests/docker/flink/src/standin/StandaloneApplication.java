package standin;

import java.io.File;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.flink.client.deployment.application.ApplicationClusterEntryPoint;
import org.apache.flink.client.program.DefaultPackagedProgramRetriever;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.entrypoint.ClusterEntrypoint;
import org.apache.flink.runtime.entrypoint.ClusterEntrypointUtils;
import org.apache.flink.runtime.entrypoint.EntrypointClusterConfiguration;
import org.apache.flink.runtime.entrypoint.EntrypointClusterConfigurationParserFactory;
import org.apache.flink.runtime.entrypoint.parser.ParserResultFactory;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;

/**
 * A JobManager in application mode, for the stand-in image alone: Flink's own is in an artifact
 * that is not published. Takes {@code --configDir DIR --job-classname CLASS [-Dkey=value…] [--
 * ARGUMENT…]}; the class is looked for in {@code usrlib/}.
 */
public final class StandaloneApplication extends ApplicationClusterEntryPoint {

  private StandaloneApplication(Configuration configuration, PackagedProgram program) {
    super(configuration, program, StandaloneResourceManagerFactory.getInstance());
  }

  public static void main(String[] arguments) throws Exception {
    Given given =
        ClusterEntrypointUtils.parseParametersOrExit(
            arguments, new Parser(), StandaloneApplication.class);
    Configuration configuration = loadConfiguration(given.cluster);
    File usrlib = ClusterEntrypointUtils.tryFindUserLibDirectory().orElseThrow();
    PackagedProgram program =
        DefaultPackagedProgramRetriever.create(
                usrlib, given.jobClass, given.cluster.getArgs(), configuration)
            .getPackagedProgram();
    configureExecution(configuration, program);
    ClusterEntrypoint.runClusterEntrypoint(new StandaloneApplication(configuration, program));
  }

  private record Given(EntrypointClusterConfiguration cluster, String jobClass) {}

  private static final class Parser implements ParserResultFactory<Given> {
    private static final Option JOB_CLASS =
        Option.builder("j").longOpt("job-classname").hasArg().required().build();

    private final EntrypointClusterConfigurationParserFactory cluster =
        new EntrypointClusterConfigurationParserFactory();

    @Override
    public Options getOptions() {
      return cluster.getOptions().addOption(JOB_CLASS);
    }

    @Override
    public Given createResult(CommandLine line) {
      return new Given(cluster.createResult(line), line.getOptionValue("j"));
    }
  }
}
